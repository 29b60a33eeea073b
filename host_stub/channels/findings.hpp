/// Reads a channel's settings: JSON members by name and type, every fault at once.
#pragma once

#include <channel/values.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace channels {

class SettingsReader {
public:
    explicit SettingsReader(const channel::Settings& settings) : base_(settings.base_dir)
    {
        boost::json::error_code broken;
        auto value = boost::json::parse(settings.json, broken);
        if (!broken && value.is_object())
            object_ = value.as_object();
        else
            complain("not_an_object", "the settings are not a JSON object");
    }

    /// Complains of every member that is not among them.
    void allow_only(std::initializer_list<std::string_view> names)
    {
        for (const auto& member : object_) {
            const std::string_view name{member.key().data(), member.key().size()};
            if (std::find(names.begin(), names.end(), name) == names.end())
                complain("unknown_key", "unknown key \"" + std::string{name} + "\"");
        }
    }

    /// A text; complains where it is required and missing, or no text.
    [[nodiscard]] std::string text(std::string_view name, bool required)
    {
        const auto* const found = object_.if_contains(name);
        if (found && found->is_string() && !found->as_string().empty())
            return std::string{found->as_string()};
        if (found || required)
            complain("missing_text", "\"" + std::string{name} + "\" must be a text");
        return {};
    }

    [[nodiscard]] std::vector<std::string> texts(std::string_view name)
    {
        std::vector<std::string> all;
        const auto* const found = object_.if_contains(name);
        const auto* const list = found ? found->if_array() : nullptr;
        for (const auto& item : list ? *list : boost::json::array{}) {
            if (item.is_string() && !item.as_string().empty())
                all.emplace_back(item.as_string());
        }
        if (!list || list->empty() || all.size() != list->size())
            complain("missing_list", "\"" + std::string{name} + "\" must be a list of texts");
        return all;
    }

    [[nodiscard]] std::int64_t
    number(std::string_view name, std::int64_t otherwise, std::int64_t least, std::int64_t most)
    {
        const auto* const found = object_.if_contains(name);
        if (!found)
            return otherwise;
        if (found->is_int64() && found->as_int64() >= least && found->as_int64() <= most)
            return found->as_int64();
        complain(
            "wrong_number",
            "\"" + std::string{name} + "\" must be a number from " + std::to_string(least) + " to "
                + std::to_string(most)
        );
        return otherwise;
    }

    /// A path, absolute; empty where there is none.
    [[nodiscard]] std::filesystem::path path(std::string_view name, bool required)
    {
        const auto given = text(name, required);
        return given.empty() ? std::filesystem::path{} : (base_ / given).lexically_normal();
    }

    /// {env: NAME}, {file: PATH} or a plain text; empty where there is none.
    [[nodiscard]] std::string secret(std::string_view name)
    {
        const auto* const found = object_.if_contains(name);
        if (!found)
            return {};
        if (found->is_string())
            return std::string{found->as_string()};
        std::string value;
        const auto* const where = found->if_object();
        const auto* const env = where ? where->if_contains("env") : nullptr;
        const auto* const file = where ? where->if_contains("file") : nullptr;
        if (env && env->is_string()) {
            const auto* const set = std::getenv(env->as_string().c_str());
            value = set ? set : "";
        } else if (file && file->is_string()) {
            std::ifstream in{base_ / std::string{file->as_string()}};
            value.assign(std::istreambuf_iterator<char>{in}, {});
            value.erase(value.find_last_not_of(" \t\r\n") + 1);
        }
        if (value.empty())
            complain(
                "missing_secret", "\"" + std::string{name} + "\" must be {env: NAME}, {file: PATH} or a text"
            );
        return value;
    }

    void complain(std::string code, std::string text)
    {
        findings_.push_back({.code = std::move(code), .text = std::move(text)});
    }

    [[nodiscard]] bool good() const { return findings_.empty(); }
    [[nodiscard]] const std::vector<channel::Finding>& findings() const { return findings_; }

private:
    std::filesystem::path base_;
    boost::json::object object_;
    std::vector<channel::Finding> findings_;
};

}  // namespace channels
