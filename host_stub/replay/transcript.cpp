#include "replay/transcript.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace replay {
namespace {

using Kind = Entry::Kind;

constexpr std::size_t time_width = 15, who_width = 14, side_least = 30, side_most = 60;

std::string quoted(const std::string& text)
{
    std::string all = "\"";
    for (const auto sign : text)
        all += sign == '\n' ? std::string{"\\n"} : std::string{sign};
    return all + "\"";
}

// Characters, not bytes; a wide one counts as the two columns that it takes on a terminal.
std::size_t columns(std::string_view text)
{
    std::size_t count = 0;
    for (const auto sign : text) {
        const auto byte = static_cast<unsigned char>(sign);
        if ((byte & 0xC0U) != 0x80U)
            count += byte >= 0xE3U ? 2 : 1;  // from U+3000 on: CJK, full-width forms, emoji
    }
    return count;
}

std::string padded(std::string text, std::size_t width)
{
    const auto taken = columns(text);
    text.append(taken < width ? width - taken : 1, ' ');
    return text;
}

std::string said(const std::string& medium, const std::string& what)
{
    return medium == "text" ? quoted(what) : medium + " " + what;
}

std::string names(const std::vector<std::string>& all)
{
    std::string list;
    for (const auto& name : all)
        list += (list.empty() ? "" : ", ") + name;
    return list;
}

// ---- what a step does ----

struct InWords {
    Deed operator()(const OnlyTime&) const { return {"time", "passes"}; }
    Deed operator()(const ContactSays& act) const
    {
        const auto tap = act.menu_message.empty() ? "" : " (a tap on item " + act.menu_message + " of a menu message)";
        return {"contact", "writes " + said(act.medium, act.what) + tap};
    }
    Deed operator()(const ContactFollows& act) const
    {
        return {"contact", "follows the account" + (act.scene.empty() ? "" : " by the QR code " + act.scene)};
    }
    Deed operator()(const ContactUnfollows&) const { return {"contact", "unfollows the account"}; }
    Deed operator()(const ContactScans& act) const { return {"contact", "scans the QR code " + act.scene}; }
    Deed operator()(const ContactClicks& act) const { return {"contact", "clicks on the menu's " + act.key}; }
    Deed operator()(const EmployeeSends& act) const
    {
        return {act.name, "sends " + act.id + ": " + said(act.medium, act.what)};
    }
    Deed operator()(const EmployeeCancels& act) const { return {"employees", "cancel " + act.id}; }
    Deed operator()(const ParticipantsChange& act) const
    {
        const auto added = act.add.empty() ? "" : names(act.add) + " joins";
        const auto removed = act.remove.empty() ? "" : names(act.remove) + " goes";
        return {"participants", added + (added.empty() || removed.empty() ? "" : "; ") + removed};
    }
    Deed operator()(const PlatformAnswers& act) const
    {
        const auto times = act.times == 1 ? "the next send " : "the next " + std::to_string(act.times) + " sends ";
        switch (act.kind) {
        case PlatformAnswers::Kind::unavailable: return {"platform", times + "will find it unavailable (HTTP 503)"};
        case PlatformAnswers::Kind::timeout_after_write:
            return {"platform", times + "will reach the phone, and the answer will be lost"};
        case PlatformAnswers::Kind::errcode: break;
        }
        return {"platform", act.errcode == 0 ? "answers normally again" : times + "will get " + std::to_string(act.errcode)};
    }
    Deed operator()(const Restart& act) const
    {
        return {"host", act.down.count() == 0 ? "is restarted" : "is down, and started again " + clock_text(act.down) + " later"};
    }
};

// ---- what happened ----

std::string with_text(const Happening& happening)
{
    if (happening.automatic.empty())
        return said(happening.medium, happening.what);
    return "[" + happening.automatic + "] " + (happening.silent ? "(switched off)" : quoted(happening.what));
}

Deed deed_of(const Happening& happening)
{
    const auto state = [&] {
        const auto reason = happening.reason.empty() ? "" : ": " + happening.reason;
        return happening.what + reason + (happening.why.empty() ? "" : " (" + happening.why + ")");
    };
    switch (happening.kind) {
    case Kind::to_contact: return {"-> contact", with_text(happening)};
    case Kind::to_employees: return {"-> employees", with_text(happening)};
    case Kind::event: return {"-> host", happening.name + (happening.what.empty() ? "" : ": " + happening.what)};
    case Kind::state: break;
    }
    return {"   " + happening.name, state()};
}

// ---- the columns ----

class Columns {
public:
    void add(Milliseconds at, const Deed& deed)
    {
        const auto time = at == last_ ? std::string{} : clock_text(at);
        last_ = at;
        text_ += "  " + padded(time, time_width) + padded(deed.who, who_width) + deed.what + "\n";
    }
    void add(const std::string& text) { text_ += text; }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    Milliseconds last_{-1};
    std::string text_;
};

std::string mark(const Row& row)
{
    if (row.good())
        return "   ";
    return row.happened ? " + " : " - ";
}

std::string side_by_side(const StepRecord& record)
{
    auto width = side_least;
    for (const auto& difference : record.differences)
        for (const auto& row : difference.rows)
            width = std::max(width, row.expected ? std::min(columns(as_written(*row.expected)), side_most) : 0);
    std::string text;
    for (const auto& difference : record.differences) {
        text += "    line " + std::to_string(record.step.line) + ": " + difference.stream + "\n";
        text += "       " + padded("expected", width + 2) + "happened\n";
        for (const auto& row : difference.rows) {
            const auto expected = row.expected ? as_written(*row.expected) : std::string{};
            const auto happened = row.happened ? as_written(*row.happened) : std::string{};
            text += "    " + mark(row) + padded(expected, width + 2) + happened + "\n";
        }
    }
    return text;
}

std::string heading(const Performance& performance)
{
    auto text = performance.scenario.file.string() + ": " + performance.scenario.title + "\n";
    if (!performance.scenario.rules.empty())
        text += "  rules " + names(performance.scenario.rules) + "\n";
    if (const auto before = performance.restarted_before)
        text += "  with a restart before step " + std::to_string(*before + 1) + "\n";
    return text;
}

}  // namespace

std::string clock_text(Milliseconds since_start)
{
    const auto days = std::chrono::floor<std::chrono::days>(since_start);
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(since_start - days)};
    std::array<char, 48> text{};
    std::snprintf(
        text.data(), text.size(), "+%d d %02d:%02d:%02d", static_cast<int>(days.count()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count())
    );
    return text.data();
}

Deed deed_of(const Act& act) { return std::visit(InWords{}, act); }

std::string transcript(const Performance& performance)
{
    Columns columns;
    columns.add(heading(performance));
    for (const auto& record : performance.steps) {
        for (const auto& happening : record.due)
            columns.add(happening.at, deed_of(happening));
        columns.add(record.step.at, deed_of(record.step.act));
        for (const auto& happening : record.outcome)
            columns.add(happening.at, deed_of(happening));
        columns.add(side_by_side(record));
    }
    if (!performance.broken_off.empty())
        columns.add("  broken off: " + performance.broken_off + "\n");
    columns.add(performance.passed() ? "  passed\n" : "  FAILED\n");
    return columns.text();
}

}  // namespace replay
