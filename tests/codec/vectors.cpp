#include "codec/vectors.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace vectors {
namespace {

boost::json::object file_at(const std::string& path)
{
    std::ifstream file{path};
    if (!file)
        return {};
    std::ostringstream text;
    text << file.rdbuf();
    return boost::json::parse(text.str()).as_object();
}

std::string text_of(const boost::json::value& value)
{
    return value.is_string() ? std::string{value.get_string()} : std::string{};
}

std::map<std::string, std::vector<Entry>, std::less<>> entries_of(const boost::json::object& file)
{
    std::map<std::string, std::vector<Entry>, std::less<>> sections;
    for (const auto& [section, list] : file) {
        if (!list.is_array())
            continue;
        auto& entries = sections[std::string{section}];
        for (const auto& item : list.get_array()) {
            const auto& object = item.as_object();
            const auto* const name = object.contains("id") ? &object.at("id") : object.if_contains("name");
            entries.push_back({name != nullptr ? text_of(*name) : std::to_string(entries.size()), object});
        }
    }
    return sections;
}

using Sections = std::map<std::string, std::vector<Entry>, std::less<>>;

const std::vector<Entry>& section_of(const Sections& sections, std::string_view name)
{
    static const std::vector<Entry> none;
    const auto found = sections.find(name);
    return found == sections.end() ? none : found->second;
}

}  // namespace

std::string Entry::text(std::string_view key) const
{
    return has(key) ? text_of(at(key)) : std::string{};
}

const std::vector<Entry>& ours(std::string_view section)
{
    static const auto sections = entries_of(file_at(PROJECT_SOURCE_DIR "/tests/vectors/codec.json"));
    const auto& entries = section_of(sections, section);
    if (entries.empty())
        throw std::runtime_error("tests/vectors/codec.json has no section " + std::string{section});
    return entries;
}

const std::vector<Entry>& published(std::string_view section)
{
    static const auto sections = entries_of(file_at(PROJECT_SOURCE_DIR "/../shared/vectors/wechat.json"));
    const auto& entries = section_of(sections, section);
    if (!sections.empty() && entries.empty())
        throw std::runtime_error("../shared/vectors/wechat.json has no section " + std::string{section});
    return entries;
}

std::string from_hex(std::string_view hex)
{
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        unsigned char byte = 0;
        std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

wechat::codec::RandomBytes random_from(std::string_view bytes)
{
    wechat::codec::RandomBytes random{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), random.size()), random.begin());
    return random;
}

wechat::codec::CallbackAccount account_of(const Entry& entry, std::string_view app_id_key)
{
    return {
        .app_id = wechat::AppId{entry.text(app_id_key)},
        .callback_token = wechat::Secret{entry.text("token")},
        .mode = wechat::codec::CallbackMode::secure,
        .aes_key = wechat::codec::AesKey::from_encoding_aes_key(entry.text("encoding_aes_key")).value(),
    };
}

}  // namespace vectors
