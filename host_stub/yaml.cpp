#include "yaml.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <yaml-cpp/yaml.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

namespace host {
namespace {

namespace json = boost::json;

std::string shown(const YAML::Node& node)
{
    switch (node.Type()) {
    case YAML::NodeType::Scalar: return "\"" + node.Scalar() + "\"";
    case YAML::NodeType::Sequence: return "a list";
    case YAML::NodeType::Map: return "a map";
    default: return "nothing";
    }
}

json::value scalar(const YAML::Node& node)
{
    const auto& text = node.Scalar();
    if (node.Tag() == "!")  // written in quotes
        return json::string{text};
    if (text == "true" || text == "false")
        return text == "true";
    char* end = nullptr;
    const auto whole = std::strtoll(text.c_str(), &end, 10);
    if (!text.empty() && *end == '\0')
        return whole;
    const auto number = std::strtod(text.c_str(), &end);
    if (text.find_first_not_of("+-.0123456789eE") == std::string::npos && !text.empty() && *end == '\0')
        return number;
    return json::string{text};
}

json::value converted(const YAML::Node& node)
{
    if (node.IsScalar())
        return scalar(node);
    if (node.IsSequence()) {
        json::array list;
        for (const auto& item : node)
            list.push_back(converted(item));
        return list;
    }
    if (!node.IsMap())
        return nullptr;
    json::object map;
    for (const auto& pair : node)
        map[pair.first.Scalar()] = converted(pair.second);
    return map;
}

}  // namespace

std::string describe(const Complaint& complaint)
{
    return complaint.file + ":" + std::to_string(complaint.line) + ":" + std::to_string(complaint.column)
         + ": error: " + complaint.text;
}

Place::Place(YAML::Node node, std::string file, Complaints& complaints)
    : node_(std::move(node)), file_(std::move(file)), complaints_(&complaints)
{}

void Place::complain(std::string text) const
{
    const auto mark = node_.Mark();
    complaints_->push_back({file_, mark.line + 1, mark.column + 1, std::move(text)});
}

void Place::expected(std::string_view what) const
{
    complain("expected " + std::string{what} + ", found " + shown(node_));
}

std::string Place::text() const
{
    if (!node_.IsScalar() || node_.Scalar().empty()) {
        expected("a text");
        return {};
    }
    return node_.Scalar();
}

std::vector<std::string> Place::texts() const
{
    std::vector<std::string> all;
    if (!node_.IsSequence()) {
        expected("a list");
        return all;
    }
    for (const auto& item : items())
        all.push_back(item.text());
    return all;
}

std::string Place::secret(const std::filesystem::path& base) const
{
    if (!node_.IsMap())
        return text();
    std::string value;
    each([&](const std::string& name, const Place& name_place, const Place& place) {
        if (name == "env") {
            const auto* const found = std::getenv(place.text().c_str());
            if (!found || !*found)
                return place.complain("the environment has no variable " + place.node().Scalar());
            value = found;
        } else if (name == "file") {
            std::ifstream file{base / place.text()};
            value.assign(std::istreambuf_iterator<char>{file}, {});
            value.erase(value.find_last_not_of(" \t\r\n") + 1);
            if (value.empty())
                place.complain("no secret can be read from the file " + place.node().Scalar());
        } else {
            name_place.complain("unknown key \"" + name + "\"; a secret is {env: NAME} or {file: PATH}");
        }
    });
    return value;
}

void Place::each(const Entry& entry) const
{
    if (!node_.IsMap())
        return expected("a map");
    std::set<std::string> seen;
    for (const auto& pair : node_) {
        const auto name_place = at(pair.first);
        if (!pair.first.IsScalar())
            name_place.expected("a name");
        else if (!seen.insert(pair.first.Scalar()).second)
            name_place.complain("\"" + pair.first.Scalar() + "\" stands here twice");
        else
            entry(pair.first.Scalar(), name_place, at(pair.second));
    }
}

std::string Place::json() const
{
    return json::serialize(converted(node_));
}

std::vector<Place> Place::items() const
{
    std::vector<Place> all;
    for (const auto& item : node_)
        all.push_back(at(item));
    return all;
}

}  // namespace host
