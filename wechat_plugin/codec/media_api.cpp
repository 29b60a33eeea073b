#include "codec/media_api.hpp"

#include "base/utf8.hpp"
#include "codec/json_text.hpp"

#include <algorithm>
#include <utility>

namespace wechat::codec {
namespace {

// Numbered by the size, so that a request is always the same; with the next number where a file holds it.
std::string boundary_for(std::string_view bytes)
{
    auto number = bytes.size();
    std::string boundary;
    do
        boundary = "wechat-channel-" + std::to_string(number++);
    while (bytes.find(boundary) != std::string_view::npos);
    return boundary;
}

// "image/jpeg; charset=..." without what follows; the platform's application/json says nothing of a file.
std::string mime_in(std::string_view content_type)
{
    const std::string mime{trimmed(content_type.substr(0, content_type.find(';')))};
    return mime.starts_with("text/") || mime == "application/json" ? std::string{} : mime;
}

// White space and a byte order mark may stand before JSON and before a page; no file that contacts send begins so.
std::string_view behind_blanks(std::string_view body)
{
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (body.starts_with(byte_order_mark))
        body.remove_prefix(byte_order_mark.size());
    return body.substr(std::min(body.find_first_not_of(" \t\r\n"), body.size()));
}

}  // namespace

Form upload_form(std::string_view name, std::string_view mime, std::string_view bytes)
{
    const auto boundary = boundary_for(bytes);
    std::string body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"media\"; filename=\"";
    body.append(name).append("\"\r\nContent-Type: ").append(mime).append("\r\n\r\n");
    body.append(bytes).append("\r\n--").append(boundary).append("--\r\n");
    return {.content_type = "multipart/form-data; boundary=" + boundary, .body = std::move(body)};
}

Result<MediaAnswer> read_media_answer(std::string_view content_type, std::string body)
{
    MediaAnswer answer;
    const auto visible = behind_blanks(body);
    if (visible.empty())
        return fail(errc::bad_answer, "no file and no JSON");
    if (visible.starts_with('<'))
        return fail(errc::bad_answer, "a page instead of a file");
    if (!visible.starts_with('{')) {
        answer.mime = mime_in(content_type);
        answer.bytes = std::move(body);
        return answer;
    }
    const auto verdict = read_verdict(body);
    const auto object = read_object(body);
    if (!verdict || !object)
        return fail(errc::bad_answer, "JSON that cannot be read");
    answer.verdict = *verdict;
    if (const auto* url = object->if_contains("video_url"))
        answer.video_url = text_of(*url);
    if (answer.verdict.errcode == 0 && answer.video_url.empty())
        return fail(errc::bad_answer, "JSON without errcode and video_url");
    return answer;
}

}  // namespace wechat::codec
