#include "config/secrets.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace wechat::config {
namespace {

constexpr std::string_view forms = "a text, {env: NAME} or {file: PATH}";

bool is_name(std::string_view text)
{
    const auto letter = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9');
    };
    return !text.empty() && text.size() <= 255 && (text[0] < '0' || text[0] > '9')
        && std::ranges::all_of(text, letter);
}

std::optional<Secret> from_environment(const Reader& in)
{
    const auto& name = in.node().text;
    if (!is_name(name)) {
        in.complain("secret", "expected the name of an environment variable");
        return std::nullopt;
    }
    const char* const value =
        std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): nobody sets variables here
    if (value && *value != '\0')
        return Secret{value};
    in.complain("secret", "the environment variable " + name + (value ? " is empty" : " is not set"));
    return std::nullopt;
}

std::string without_line_end(std::string text)
{
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.pop_back();
    return text;
}

std::optional<Secret> from_file(const Reader& in)
{
    namespace fs = std::filesystem;
    const auto& path = in.node().text;
    const auto refuse = [&](std::string_view why) {
        in.complain("secret", "the file " + std::string{cut(path, 255)} + std::string{why});
        return std::nullopt;
    };
    if (path.empty() || path.find('\0') != std::string::npos) {
        in.complain("secret", "expected the path of a file");
        return std::nullopt;
    }
    const auto whole = fs::path{in.source().file()}.parent_path() / fs::path{path};
    std::error_code unseen;
    // A pipe or a terminal would be waited for.
    if (!fs::is_regular_file(whole, unseen))
        return refuse(" does not exist or is no file");
    std::ifstream file{whole, std::ios::binary};
    std::string text(secret_limit + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || !file.is_open())
        return refuse(" cannot be read");
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > secret_limit)
        return refuse(" is larger than " + std::to_string(secret_limit) + " bytes");
    text = without_line_end(std::move(text));
    if (text.empty())
        return refuse(" is empty");
    return Secret{std::move(text)};
}

}  // namespace

std::optional<Secret> read_secret(const Reader& in)
{
    const auto& node = in.node();
    if (node.kind == Node::Kind::refused)
        return std::nullopt;
    if (node.kind == Node::Kind::scalar)
        return Secret{node.text};
    if (node.kind == Node::Kind::map && node.entries.size() == 1) {
        const auto& [key, value] = node.entries.front();
        if (value.kind == Node::Kind::scalar && key.text == "env")
            return from_environment(in.of(value));
        if (value.kind == Node::Kind::scalar && key.text == "file")
            return from_file(in.of(value));
    }
    // Not what was found: {thesecret} is a map, whose key is the secret.
    in.complain("secret", "expected " + std::string{forms});
    return std::nullopt;
}

}  // namespace wechat::config
