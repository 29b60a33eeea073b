#include "http/console.hpp"

#include <string>

namespace host::http {
namespace {

std::string type_of(std::string_view path)
{
    if (path.ends_with(".js"))
        return "text/javascript; charset=utf-8";
    if (path.ends_with(".css"))
        return "text/css; charset=utf-8";
    if (path.ends_with(".svg"))
        return "image/svg+xml";
    return "text/html; charset=utf-8";
}

// Nothing from elsewhere, nothing inline, in nobody's frame. Files behind a token are fetched by the page: blob.
constexpr std::string_view policy =
    "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'";

}  // namespace

std::optional<Answer> console_answer(std::string_view path)
{
    const auto wanted = path == "/" ? std::string_view{"/index.html"} : path;
    for (const auto& file : console_files()) {
        if (file.path != wanted)
            continue;
        Answer answer{.status = 200, .type = type_of(file.path), .body = std::string{file.text}};
        answer.headers.emplace_back("Content-Security-Policy", policy);
        answer.headers.emplace_back("Referrer-Policy", "no-referrer");
        return answer;
    }
    return std::nullopt;
}

}  // namespace host::http
