#include "printing.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <iomanip>

namespace conformance {
namespace {

constexpr std::string_view no_rig = "needs a rig";

std::string_view word(Verdict verdict)
{
    switch (verdict) {
    case Verdict::passed: return "passed";
    case Verdict::failed: return "failed";
    case Verdict::skipped: return "skipped";
    }
    return "";
}

std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '&': result += "&amp;"; break;
        case '"': result += "&quot;"; break;
        default: result += c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= 0x20 ? c : '?';
        }
    }
    return result;
}

auto count(const std::vector<Outcome>& outcomes, Verdict verdict)
{
    return std::ranges::count(outcomes, verdict, &Outcome::verdict);
}

void print_indented(std::ostream& out, const std::string& text)
{
    std::size_t begin = 0;
    while (begin < text.size()) {
        const auto end = std::min(text.find('\n', begin), text.size());
        out << "            | " << text.substr(begin, end - begin) << '\n';
        begin = end + 1;
    }
}

}  // namespace

bool good(const std::vector<Outcome>& outcomes)
{
    return count(outcomes, Verdict::failed) == 0;
}

void print_line(std::ostream& out, const Outcome& outcome)
{
    out << std::left << std::setw(8) << word(outcome.verdict) << std::setw(4) << outcome.id
        << outcome.sentence << '\n';
    if (!outcome.why.empty())
        out << "            " << outcome.why << '\n';
    if (!outcome.last_call.empty())
        out << "            last call: " << outcome.last_call << '\n';
    if (outcome.verdict == Verdict::failed)
        print_indented(out, outcome.output);
    out.flush();
}

void print_summary(std::ostream& out, const std::vector<Outcome>& outcomes)
{
    const auto lacking = std::ranges::count(outcomes, no_rig, &Outcome::why);
    out << outcomes.size() << " checks: " << count(outcomes, Verdict::passed) << " passed, "
        << count(outcomes, Verdict::failed) << " failed, " << count(outcomes, Verdict::skipped) << " skipped";
    if (lacking > 0)
        out << " (" << lacking << " need a rig: --rig COMMAND)";
    out << '\n';
}

void print_json(
    std::ostream& out, const std::string& plugin, std::uint64_t seed, const std::vector<Outcome>& outcomes
)
{
    boost::json::array checks;
    for (const auto& outcome : outcomes)
        checks.push_back(boost::json::object{
            {"id", outcome.id},
            {"sentence", outcome.sentence},
            {"verdict", word(outcome.verdict)},
            {"why", outcome.why},
            {"last_call", outcome.last_call},
            {"output", outcome.output},
            {"seconds", outcome.seconds},
        });
    const boost::json::object all{
        {"plugin", plugin}, {"seed", seed}, {"good", good(outcomes)}, {"checks", std::move(checks)}};
    out << boost::json::serialize(all) << '\n';
}

void print_junit(std::ostream& out, const std::string& plugin, const std::vector<Outcome>& outcomes)
{
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"channel-check " << escaped(plugin)
        << "\" tests=\"" << outcomes.size() << "\" failures=\"" << count(outcomes, Verdict::failed)
        << "\" skipped=\"" << count(outcomes, Verdict::skipped) << "\">\n";
    for (const auto& outcome : outcomes) {
        out << "  <testcase classname=\"channel-check\" name=\""
            << escaped(outcome.id + " " + outcome.sentence) << "\" time=\"" << outcome.seconds << "\">";
        if (outcome.verdict == Verdict::failed)
            out << "<failure message=\"" << escaped(outcome.why) << "\">"
                << escaped("last call: " + outcome.last_call + "\n" + outcome.output) << "</failure>";
        if (outcome.verdict == Verdict::skipped)
            out << "<skipped message=\"" << escaped(outcome.why) << "\"/>";
        out << "</testcase>\n";
    }
    out << "</testsuite>\n";
}

}  // namespace conformance
