#include "plugin/settings.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <set>

namespace wechat::plugin {

namespace json = boost::json;
namespace fs = std::filesystem;

const char* const settings_schema = R"({
  "type": "object",
  "additionalProperties": false,
  "required": ["customers"],
  "properties": {
    "listen": {"type": "string", "description": "address and port of the webhook; default 127.0.0.1:8081"},
    "tls": {
      "type": "object", "additionalProperties": false, "required": ["certificate", "private_key"],
      "properties": {"certificate": {"type": "string"}, "private_key": {"type": "string"}}
    },
    "store": {"type": "string", "description": "the SQLite file; default wechat.sqlite"},
    "media": {"type": "string",
      "description": "directory of contacts' files until the host has taken them; default wechat-media beside the store"},
    "media_bytes": {"type": "integer", "minimum": 1, "description": "how much it may hold; default 4294967296"},
    "customers": {
      "description": "a directory of customers' YAML files, or a list of files",
      "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
    }
  }
})";

namespace {

class Reading {
public:
    Reading(const channel::Settings& given, std::vector<channel::Finding>& findings)
        : base_(given.base_dir), findings_(findings)
    {}

    Settings all(const json::object& object)
    {
        only({"listen", "tls", "store", "media", "media_bytes", "customers"}, object, "");
        Settings settings;
        if (const auto* listen = object.if_contains("listen"))
            read_listen(text(*listen, "listen"), settings.webhook);
        if (const auto* tls = object.if_contains("tls"))
            settings.webhook.tls = read_tls(*tls);
        if (const auto* store = object.if_contains("store"))
            settings.store = text(*store, "store");
        settings.store = absolute(settings.store);
        settings.media.folder = settings.store.parent_path() / "wechat-media";
        if (const auto* media = object.if_contains("media"))
            settings.media.folder = absolute(text(*media, "media"));
        if (const auto* most = object.if_contains("media_bytes"))
            settings.media.most_bytes = bytes(*most, "media_bytes");
        if (const auto* customers = object.if_contains("customers"))
            settings.customers = read_customers(*customers);
        else
            complain(
                "missing_key", "\"customers\" is missing: a directory of YAML files, or a list of files"
            );
        return settings;
    }

private:
    void complain(std::string code, std::string text)
    {
        channel::Finding finding;
        finding.code = std::move(code);
        finding.text = std::move(text);
        findings_.push_back(std::move(finding));
    }

    void only(const std::set<std::string_view>& known, const json::object& object, std::string_view where)
    {
        for (const auto& [key, value] : object)
            if (!known.contains(std::string_view{key}))
                complain("unknown_key", "unknown key \"" + std::string{where} + std::string{key} + "\"");
    }

    std::string text(const json::value& value, std::string_view key)
    {
        if (value.is_string() && !value.as_string().empty())
            return std::string{value.as_string()};
        complain("wrong_type", '"' + std::string{key} + "\" must be a text that is not empty");
        return {};
    }

    std::uint64_t bytes(const json::value& value, std::string_view key)
    {
        if (value.is_int64() && value.get_int64() > 0)
            return static_cast<std::uint64_t>(value.get_int64());
        complain("wrong_type", '"' + std::string{key} + "\" must be a whole number above 0");
        return 0;
    }

    fs::path absolute(const fs::path& path) const
    {
        return path.is_absolute() ? path : fs::path{base_} / path;
    }

    void read_listen(const std::string& where, webhook::Options& options)
    {
        if (where.empty())
            return;
        const auto colon = where.rfind(':');
        const auto digits = colon == std::string::npos ? std::string{} : where.substr(colon + 1);
        unsigned port = 65536;
        const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (digits.empty() || end.ec != std::errc{} || end.ptr != digits.data() + digits.size()
            || port > 65535) {
            complain(
                "bad_address",
                "\"listen\" must be ADDRESS:PORT, such as 127.0.0.1:8081, found \"" + where + '"'
            );
            return;
        }
        options.address = where.substr(0, colon);
        if (options.address.starts_with('[') && options.address.ends_with(']'))
            options.address = options.address.substr(1, options.address.size() - 2);
        options.port = static_cast<std::uint16_t>(port);
    }

    std::optional<webhook::Certificate> read_tls(const json::value& value)
    {
        if (!value.is_object()) {
            complain("wrong_type", "\"tls\" must be an object with certificate and private_key");
            return std::nullopt;
        }
        const auto& object = value.as_object();
        only({"certificate", "private_key"}, object, "tls.");
        webhook::Certificate certificate;
        certificate.chain_file = file(object, "certificate");
        certificate.key_file = file(object, "private_key");
        return certificate;
    }

    std::string file(const json::object& object, std::string_view key)
    {
        const auto* value = object.if_contains(key);
        if (value == nullptr) {
            complain("missing_key", "\"tls." + std::string{key} + "\" is missing");
            return {};
        }
        const auto path = absolute(text(*value, key));
        std::error_code failure;
        if (!fs::is_regular_file(path, failure))
            complain("no_such_file", "\"tls." + std::string{key} + "\": " + path.string() + " is no file");
        return path.string();
    }

    std::vector<fs::path> read_customers(const json::value& value)
    {
        std::vector<fs::path> files;
        if (value.is_array()) {
            for (const auto& element : value.as_array())
                files.push_back(absolute(text(element, "customers")));
            return files;
        }
        const auto directory = absolute(text(value, "customers"));
        std::error_code failure;
        for (const auto& entry : fs::directory_iterator{directory, failure})
            if (entry.path().extension() == ".yaml" || entry.path().extension() == ".yml")
                files.push_back(entry.path());
        if (failure)
            complain("no_such_directory", "\"customers\": " + directory.string() + ": " + failure.message());
        std::ranges::sort(files);
        return files;
    }

    std::string base_;
    std::vector<channel::Finding>& findings_;
};

}  // namespace

Settings read_settings(const channel::Settings& given, std::vector<channel::Finding>& findings)
{
    boost::system::error_code failure;
    const auto value = json::parse(given.json.empty() ? std::string_view{"{}"} : given.json, failure);
    if (failure || !value.is_object()) {
        channel::Finding finding;
        finding.code = "bad_json";
        finding.text = "the settings are no JSON object";
        findings.push_back(std::move(finding));
        return {};
    }
    return Reading{given, findings}.all(value.as_object());
}

}  // namespace wechat::plugin
