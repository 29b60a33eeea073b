// Bodies of requests under /sim.
#include "simulator/control.hpp"
#include "simulator/request_body.hpp"

#include "codec/base64.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace simulator {
namespace {

namespace json = boost::json;
using wechat::errc;
using wechat::fail;
using wechat::Kind;

wechat::Fault wrong(std::string detail) { return fail(errc::bad_settings, std::move(detail)); }

// A path where a file of that name is, and base64 otherwise: JPEG's base64 begins like a path.
wechat::Result<std::string> file_in(const std::string& named, bool paths)
{
    std::error_code ignored;
    constexpr std::size_t longest_path = 4096;
    if (paths && named.size() < longest_path && std::filesystem::is_regular_file(named, ignored)) {
        std::ifstream file{named, std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    }
    const auto bytes = wechat::codec::from_base64(named);
    if (!bytes || bytes->empty())
        return wrong("neither a file nor base64");
    return std::string{bytes->begin(), bytes->end()};
}

// Numbers and texts alike, written as the platform does: in text.
wechat::Result<void> read_data(
    const json::value& value, std::initializer_list<std::string_view> names, wechat::Content& content
)
{
    if (!value.is_object() || !only(value.get_object(), names))
        return wrong("location: latitude, longitude, scale, label; link: title, description, url");
    for (const auto& field : value.get_object()) {
        const auto& said = field.value();
        if (!said.is_string() && !said.is_number())
            return wrong("expected texts and numbers");
        content.data[std::string{field.key()}]
            = said.is_string() ? std::string{said.get_string()} : json::serialize(said);
    }
    return {};
}

wechat::Result<Saying> content_in(std::string_view field, const json::value& value, bool paths)
{
    Saying saying;
    saying.content.kind = wechat::kind_named(field);
    if (field == "location" || field == "link") {
        const auto read = field == "link"
            ? read_data(value, {"title", "description", "url"}, saying.content)
            : read_data(value, {"latitude", "longitude", "scale", "label"}, saying.content);
        if (!read)
            return read.error();
        saying.content.text = saying.content.data[field == "link" ? "title" : "label"];
        return saying;
    }
    if (!value.is_string() || value.get_string().empty())
        return wrong("expected a text");
    const std::string said{value.get_string()};
    if (field == "text")
        saying.content.text = said;
    else if (field == "xml")
        saying.raw = said;
    else {
        auto file = file_in(said, paths);
        if (!file)
            return file.error();
        saying.file = std::move(*file);
    }
    return saying;
}

}  // namespace

wechat::Result<Saying> saying_from_json(const json::object& fields, bool files)
{
    constexpr std::array<std::string_view, 7> contents{"text", "image", "voice", "video", "location", "link", "xml"};
    std::optional<Saying> saying;
    for (const auto name : contents) {
        const auto* const value = fields.if_contains(name);
        if (value == nullptr)
            continue;
        if (saying)
            return wrong("one thing at a time");
        auto read = content_in(name, *value, files);
        if (!read)
            return read.error();
        saying = std::move(*read);
    }
    if (!saying
        || !only(fields, {"text", "image", "voice", "video", "location", "link", "xml", "menu_id", "repeat"}))
        return wrong("expected one of text, image, voice, video, location, link, xml, and menu_id or repeat");
    saying->menu_id = text_in(fields, "menu_id").value_or("");
    const auto repeat = number_in(fields, "repeat").value_or(0);
    if (repeat < 0 || repeat > 100)
        return wrong("repeat: 0 to 100");
    saying->repeat = static_cast<int>(repeat);
    return std::move(*saying);
}

wechat::Result<Fault> fault_from_json(const json::object& fields)
{
    if (!only(fields, {"path", "errcode", "http_status", "timeout", "truncate", "latency_ms", "times"}))
        return wrong("expected path, errcode, http_status, timeout, truncate, latency_ms, times");
    Fault fault{.path = text_in(fields, "path").value_or("")};
    if (!fault.path.starts_with('/') && fault.path != "*")
        return wrong("path: of the API, or *");
    fault.errcode = number_in(fields, "errcode");
    if (const auto status = number_in(fields, "http_status")) {
        if (*status < 300 || *status > 599)
            return wrong("http_status: 300 to 599");
        fault.http_status = static_cast<unsigned>(*status);
    }
    if (fields.contains("timeout")) {
        const auto when = text_in(fields, "timeout").value_or("");
        if (when != "before" && when != "after_write")
            return wrong("timeout: before or after_write");
        fault.timeout = when == "before" ? Fault::Timeout::before : Fault::Timeout::after_write;
    }
    const auto* const truncate = fields.if_contains("truncate");
    fault.truncate = truncate != nullptr && truncate->is_bool() && truncate->get_bool();
    const auto latency = number_in(fields, "latency_ms").value_or(0);
    const auto times = number_in(fields, "times");
    if (latency < 0 || latency > 600'000 || (times && (*times < 1 || *times > 1'000'000'000)))
        return wrong("latency_ms: 0 to 600000, times: at least 1");
    fault.latency = Milliseconds{latency};
    if (times)
        fault.times = static_cast<int>(*times);
    if (!fault.acts() && latency == 0)
        return wrong("expected errcode, http_status, timeout, truncate or latency_ms");
    return fault;
}

wechat::Result<void> put_accounts(Platform& platform, std::string_view list)
{
    json::error_code error;
    const auto value = json::parse({list.data(), list.size()}, error);
    if (error || !value.is_array())
        return fail(errc::bad_json, "expected a list of accounts");
    for (const auto& fields : value.get_array()) {
        if (!fields.is_object())
            return fail(errc::bad_json, "expected a list of accounts");
        auto account = account_from_json(fields.get_object(), {});
        if (!account)
            return account.error();
        platform.put(std::move(*account));
    }
    return {};
}

}  // namespace simulator
