// The JSON Schema for editors says what the loader does.
#include "config/described_keys.hpp"
#include "sample.hpp"

#include <boost/json.hpp>

#include <fstream>
#include <set>
#include <sstream>

using namespace wechat::config;
namespace json = boost::json;

namespace {

const json::object& schema()
{
    static const auto parsed = [] {
        std::ifstream file{PROJECT_SOURCE_DIR "/config/schema/customer.schema.json"};
        std::ostringstream text;
        text << file.rdbuf();
        return json::parse(text.str());
    }();
    return parsed.as_object();
}

struct Row {
    std::string description;
    bool required = false;
    const json::object* definition = nullptr;
};

// Every property by its path, as described_keys names it.
void collect(const json::object& section, const std::string& path, std::map<std::string, Row>& rows)
{
    std::set<std::string> required;
    if (const auto* const names = section.if_contains("required"))
        for (const auto& name : names->as_array())
            required.insert(std::string{name.as_string()});
    if (const auto* const properties = section.if_contains("properties")) {
        BOOST_TEST(section.at("additionalProperties") == json::value(false), path << " takes unknown keys");
        for (const auto& [name, definition] : properties->as_object()) {
            const auto& object = definition.as_object();
            const auto whole = path + std::string{name};
            rows[whole] = {
                std::string{object.at("description").as_string()}, required.contains(name), &object};
            collect(object, whole + ".", rows);
        }
    } else if (const auto* const others = section.if_contains("additionalProperties");
               others && others->is_object())
        collect(others->as_object(), path + "*.", rows);
}

std::map<std::string, Row> schema_rows()
{
    std::map<std::string, Row> rows;
    collect(schema(), "", rows);
    return rows;
}

// A customer's file in which the key of this path has this value; YAML takes JSON.
bool accepts(const std::string& path, const json::value& value)
{
    auto file = json::parse(R"({"customer": "a", "wechat": {"app_id": "b", "app_secret": "c", "token": "def",
        "encoding_aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"},
        "policy": {"platform": {"messages": 20}}})");
    // Nothing but the key's own range shall decide: slots are plenty, and no other key is at odds.
    if (path == "policy.platform.messages")
        file = json::parse(R"({"customer": "a", "wechat": {"app_id": "b", "app_secret": "c", "token": "def",
            "encoding_aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"}, "policy": {"employee_messages": 1},
            "messages": {"en": {"contact": {"on_hold": null, "reply_reminder": null,
            "on_hold_participants_changed": null}}}})");
    auto* place = &file;
    std::istringstream names{path};
    for (std::string name; std::getline(names, name, '.');) {
        if (!place->is_object())
            *place = json::object{};
        place = &place->as_object()[name];
    }
    *place = value;
    const auto reading = read_customer(json::serialize(file), "x.yaml");
    return std::ranges::none_of(reading.complaints, [](const Complaint& complaint) {
        return complaint.text.starts_with("expected ");
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_schema_of_a_customers_file)

BOOST_AUTO_TEST_CASE(it_has_the_loaders_keys_sentences_and_needs)
{
    auto rows = schema_rows();
    for (const auto& key : described_keys()) {
        const auto row = rows.find(key.path);
        BOOST_TEST_REQUIRE((row != rows.end()), key.path << " is missing in the schema");
        BOOST_TEST(row->second.description == key.sentence);
        BOOST_TEST(row->second.required == key.required, key.path);
        rows.erase(row);
    }
    for (const auto& [path, row] : rows)
        BOOST_ERROR("the loader has no key " + path);
}

BOOST_AUTO_TEST_CASE(its_ranges_are_the_loaders)
{
    int ranges = 0;
    for (const auto& [path, row] : schema_rows()) {
        if (!row.definition->contains("minimum"))
            continue;
        ++ranges;
        const auto least = row.definition->at("minimum").as_int64();
        const auto most = row.definition->at("maximum").as_int64();
        BOOST_TEST(accepts(path, least), path);
        BOOST_TEST(accepts(path, most), path);
        BOOST_TEST(!accepts(path, least - 1), path);
        BOOST_TEST(!accepts(path, most + 1), path);
    }
    BOOST_TEST(ranges == 3);
}

BOOST_AUTO_TEST_CASE(its_types_and_choices_are_the_loaders)
{
    int flags = 0;
    int choices = 0;
    for (const auto& [path, row] : schema_rows()) {
        const auto* const type = row.definition->if_contains("type");
        if (type && *type == json::value("boolean")) {
            ++flags;
            BOOST_TEST(accepts(path, true), path);
            BOOST_TEST(!accepts(path, 1), path);
        }
        if (const auto* const names = row.definition->if_contains("enum")) {
            ++choices;
            for (const auto& name : names->as_array())
                BOOST_TEST(accepts(path, name), path);
            BOOST_TEST(!accepts(path, "other"), path);
        }
        if (const auto* const reference = row.definition->if_contains("$ref");
            reference && *reference == json::value("#/$defs/duration"))
            BOOST_TEST(!accepts(path, 24), path);
    }
    BOOST_TEST(flags == 3);
    BOOST_TEST(choices == 2);
}

BOOST_AUTO_TEST_CASE(its_defaults_are_the_loaders)
{
    const auto defaults = customer_with("");
    auto rows = schema_rows();
    auto more = json::object{};
    for (const auto& [path, row] : rows) {
        const auto* const value = row.definition->if_contains("default");
        if (!value || path.starts_with("wechat."))
            continue;
        auto* place = &more;
        std::istringstream names{path};
        std::string name;
        std::getline(names, name, '.');
        for (std::string next; std::getline(names, next, '.'); name = next) {
            auto& section = (*place)[name];
            place = section.is_object() ? &section.as_object() : &section.emplace_object();
        }
        (*place)[name] = *value;
    }
    std::string yaml;
    for (const auto& [name, value] : more)
        yaml += std::string{name} + ": " + json::serialize(value) + "\n";
    const auto spelled_out = customer_with(yaml);

    BOOST_TEST((spelled_out.rules.platform == defaults.rules.platform));
    BOOST_TEST((spelled_out.rules.queue == defaults.rules.queue));
    BOOST_TEST(spelled_out.rules.employee_messages == defaults.rules.employee_messages);
    BOOST_TEST((spelled_out.rules.remind_after == defaults.rules.remind_after));
    BOOST_TEST(spelled_out.rules.leave_keywords == defaults.rules.leave_keywords);
    BOOST_TEST(spelled_out.rules.resend_uncertain == defaults.rules.resend_uncertain);
    BOOST_TEST(spelled_out.enabled == defaults.enabled);
    BOOST_TEST(spelled_out.locale == defaults.locale);
    BOOST_TEST(rows.at("wechat.callback_mode").definition->at("default") == json::value("secure"));
    BOOST_TEST(rows.at("wechat.api").definition->at("default") == json::value(defaults.wechat.api));
}

BOOST_AUTO_TEST_SUITE_END()
