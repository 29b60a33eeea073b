#include "replay/scenario_reader.hpp"

#include "replay/act_reader.hpp"
#include "replay/expected_reader.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

namespace replay {
namespace {

using host::Key;
using host::Place;

void read_expect(const Place& place, Step& step)
{
    step.expected.emplace();
    if (!place.is_list())
        return place.expected("a list of what happens");
    for (const auto& item : place.items())
        read_expected(item, *step.expected);
}

// What a step does; two things are two steps, because their outcomes are expected apart.
template <void (*read)(const Place&, Act&)>
void read_act(const Place& place, Step& step)
{
    if (!std::holds_alternative<OnlyTime>(step.act))
        return place.complain("a step does one thing: write a second step at the same time");
    read(place, step.act);
}

constexpr std::array step_keys{
    Key<Step>{"at",
        [](const Place& place, Step& step) { step.at = read_duration(place); }},
    Key<Step>{"contact", read_act<read_contact>},
    Key<Step>{"employee", read_act<read_employee>},
    Key<Step>{"participants", read_act<read_participants>},
    Key<Step>{"platform", read_act<read_platform>},
    Key<Step>{"restart", read_act<read_restart>},
    Key<Step>{"expect", read_expect},
};

Step read_step(const Place& place)
{
    Step step{.line = place.node().Mark().line + 1};
    read_keys(place, step_keys, step);
    if (place.is_map() && !place.node()["at"].IsDefined())
        place.complain("\"at\" is missing: when it happens, counted from the start");
    return step;
}

void read_steps(const Place& place, Scenario& scenario)
{
    if (!place.is_list())
        return place.expected("a list of steps");
    Milliseconds now{0};
    for (const auto& item : place.items()) {
        auto step = read_step(item);
        if (step.at < now)
            item.complain("time runs backwards: the step before ends later");
        now = std::max(now, step.at);
        if (const auto* const restart = std::get_if<Restart>(&step.act))
            now += restart->down;
        scenario.steps.push_back(std::move(step));
    }
}

void leave_to_the_channel(const Place&, Scenario&) {}

constexpr std::array scenario_keys{
    Key<Scenario>{"scenario",
        [](const Place& place, Scenario& scenario) { scenario.title = place.text(); }},
    Key<Scenario>{"rules",
        [](const Place& place, Scenario& scenario) { scenario.rules = place.texts(); }},
    Key<Scenario>{"policy", leave_to_the_channel},
    Key<Scenario>{"messages", leave_to_the_channel},
    Key<Scenario>{"participants",
        [](const Place& place, Scenario& scenario) { scenario.participants = place.texts(); }},
    Key<Scenario>{"steps", read_steps},
};

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        lines.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return lines;
}

bool for_the_customer(const std::string& key) { return key == "policy" || key == "messages"; }

// The channel complains of a customer's file by line and column: the sections keep theirs.
std::string customer_sections(const YAML::Node& root, const std::string& text)
{
    auto lines = lines_of(text);
    std::vector<bool> stays(lines.size(), false);
    bool inside = false;
    auto next = root.begin();
    for (std::size_t line = 0; line < lines.size(); ++line) {
        for (; next != root.end() && static_cast<std::size_t>(next->first.Mark().line) == line; ++next)
            inside = next->first.IsScalar() && for_the_customer(next->first.Scalar());
        stays[line] = inside;
    }
    std::string sections;
    for (std::size_t line = 0; line < lines.size(); ++line)
        sections += (stays[line] ? lines[line] : "") + "\n";
    return sections;
}

void check_together(const Place& root, const Scenario& scenario)
{
    if (root.node().Style() == YAML::EmitterStyle::Flow)
        root.complain("a scenario's keys stand on lines of their own, not in braces");
    if (scenario.title.empty() && !root.node()["scenario"].IsDefined())
        root.complain("\"scenario\" is missing: what it shows");
    if (!root.node()["steps"].IsDefined())
        root.complain("\"steps\" is missing");
}

}  // namespace

ScenarioReading read_scenario_text(const std::string& text, const std::filesystem::path& file)
{
    ScenarioReading reading;
    auto& [scenario, complaints] = reading;
    scenario.file = file;
    try {
        const Place root{YAML::Load(text), file.string(), complaints};
        read_keys(root, scenario_keys, scenario);
        if (!root.is_map())
            return reading;
        check_together(root, scenario);
        scenario.customer_sections = customer_sections(root.node(), text);
    } catch (const YAML::ParserException& fault) {
        complaints.push_back({file.string(), fault.mark.line + 1, fault.mark.column + 1, fault.msg});
    }
    return reading;
}

ScenarioReading read_scenario(const std::filesystem::path& file)
{
    std::ifstream stream{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    if (stream && !text.empty())
        return read_scenario_text(text, file);
    ScenarioReading reading;
    reading.complaints.push_back({file.string(), 0, 0, "the file cannot be read, or is empty"});
    return reading;
}

}  // namespace replay
