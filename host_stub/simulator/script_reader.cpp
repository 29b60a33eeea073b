#include "simulator/script.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/node/convert.h>
#include <yaml-cpp/node/impl.h>
#include <yaml-cpp/node/iterator.h>
#include <yaml-cpp/node/parse.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace simulator {
namespace {

namespace json = boost::json;

/// beside: the words that may stand beside it.
struct Word {
    std::string_view name;
    std::array<std::string_view, 2> beside = {};
};
constexpr std::array words{
    Word{"account", {"answer"}},
    Word{"use"},
    Word{"send", {"contact", "answer"}},
    Word{"message", {"contact", "answer"}},
    Word{"event", {"contact", "answer"}},
    Word{"follow", {"contact", "answer"}},
    Word{"unfollow", {"contact", "answer"}},
    Word{"scan", {"contact", "answer"}},
    Word{"menu", {"contact", "answer"}},
    Word{"subscribe", {"contact", "answer"}},
    Word{"templates", {"contact"}},
    Word{"burst", {"answer"}},
    Word{"advance"},
    Word{"fault"},
    Word{"clear_faults"},
    Word{"refuse"},
    Word{"settle"},
    Word{"wait"},
    Word{"say"},
    Word{"phone", {"contact", "within"}},
    Word{"window", {"contact"}},
    Word{"requests", {"within"}},
};

wechat::Fault wrong(int line, const std::string& text)
{
    return wechat::fail(wechat::errc::bad_settings, std::to_string(line) + ": " + text);
}

// What is written plain is what JSON makes of it, and a text where JSON makes nothing: 3, true, null, 48h.
json::value scalar(const YAML::Node& node)
{
    if (node.Tag() != "!") {
        json::error_code none;
        auto value = json::parse(node.Scalar(), none);
        if (!none)
            return value;
    }
    return json::value(node.Scalar());
}

json::value value_of(const YAML::Node& node)
{
    if (node.IsSequence()) {
        json::array list;
        for (const auto& item : node)
            list.push_back(value_of(item));
        return list;
    }
    if (node.IsMap()) {
        json::object object;
        for (const auto& entry : node)
            object[entry.first.Scalar()] = value_of(entry.second);
        return object;
    }
    return node.IsScalar() ? scalar(node) : json::value(nullptr);
}

wechat::Result<Step> step_of(int line, const json::value& value)
{
    const auto* const object = value.if_object();
    if (object == nullptr)
        return wrong(line, "expected a step: {WORD: ...}");
    Step step{.line = line};
    const Word* word = nullptr;
    for (const auto& field : *object) {
        const std::string_view name{field.key().data(), field.key().size()};
        const auto* const found = std::ranges::find(words, name, &Word::name);
        if (found == words.end()) {
            step.beside[name] = field.value();
            continue;
        }
        if (word != nullptr)
            return wrong(line, "one word a step: " + step.word + " or " + std::string{name});
        word = found;
        step.word = name;
        step.what = field.value();
    }
    for (const auto& field : step.beside) {
        const std::string_view name{field.key().data(), field.key().size()};
        if (word == nullptr || std::ranges::find(word->beside, name) == word->beside.end())
            return wrong(line, "unknown word \"" + std::string{name} + "\"");
    }
    if (word == nullptr)
        return wrong(line, "a step without a word");
    return step;
}

wechat::Result<std::vector<Step>> read_lines(std::string_view text)
{
    std::vector<Step> steps;
    for (int line = 1; !text.empty(); ++line) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto one = text.substr(0, end);
        text.remove_prefix(std::min(text.size(), end + 1));
        if (one.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        json::error_code error;
        const auto value = json::parse({one.data(), one.size()}, error);
        if (error)
            return wrong(line, error.message());
        auto step = step_of(line, value);
        if (!step)
            return step.error();
        steps.push_back(std::move(*step));
    }
    return steps;
}

wechat::Result<std::vector<Step>> read_yaml(const std::string& text)
try {
    const auto document = YAML::Load(text);
    if (!document.IsSequence())
        return wrong(1, "expected a list of steps");
    std::vector<Step> steps;
    for (const auto& node : document) {
        auto step = step_of(node.Mark().line + 1, value_of(node));
        if (!step)
            return step.error();
        steps.push_back(std::move(*step));
    }
    return steps;
} catch (const YAML::Exception& error) {
    return wrong(error.mark.line + 1, error.msg);
}

}  // namespace

wechat::Result<std::vector<Step>> read_script(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && text[first] == '{')
        return read_lines(text);
    return read_yaml(std::string{text});
}

}  // namespace simulator
