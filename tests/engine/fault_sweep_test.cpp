// Each kind of fault at each step of each call, at the first, second and third of them: what becomes of it is true.
#include "engine/an_engine.hpp"
#include "media/samples.hpp"
#include "support/rows.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::engine;
using boost::unit_test::label;
using scripted::errcode;
using scripted::Reply;

namespace {

enum class Lasts { once, until_mended };

// reply  nothing: the connection is refused
struct FaultKind {
    std::string_view name;
    std::optional<Reply> reply;
    Lasts lasts = Lasts::once;
    platform::Limits limits = patient;
};

const std::vector<FaultKind> kinds{
    {"not connected", std::nullopt},
    {"closed before a byte", scripted::hang_up()},
    {"closed after half an answer",
     scripted::raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"errcode\":0")},
    {"time-out", scripted::silence(), Lasts::once, {.answer = 500ms, .file_answer = 500ms}},
    {"500 with a page", scripted::http(500, "<html>")},
    {"200 with a page", scripted::json("<html>Please log in</html>")},
    {"JSON cut short", scripted::json(R"({"errcode":)")},
    {"an empty body", scripted::json("")},
    {"-1", errcode(-1)},
    {"45009", errcode(45009)},
    {"40001 once", errcode(40001)},
    {"40001 always", errcode(40001), Lasts::until_mended},
    {"40164", errcode(40164), Lasts::until_mended},
    {"40007", errcode(40007)},
    {"48001", errcode(48001), Lasts::until_mended},
    {"45047", errcode(45047)},
    {"45015", errcode(45015)},
    {"43004", errcode(43004)},
    {"49999, unknown", errcode(49999)},
};

// Three times something is said; the fault meets a call of the n-th of them, then all is well and time goes on.
struct Sweep : AnEngine {
    explicit Sweep(const FaultKind& kind) : AnEngine(kind.limits), kind_(kind) {}

    // before: the call in front of this one, if there is one
    void strikes(Call call, std::optional<Call> before)
    {
        if (!kind_.reply && before)
            platform.goes_away_after(*before);
        else if (!kind_.reply)
            platform.goes_away();
        else if (kind_.lasts == Lasts::once)
            platform.fails(call, 1, *kind_.reply);
        else
            platform.always(call, *kind_.reply);
    }
    void is_mended()
    {
        pass(5min);
        platform.recovers();
        pass(3h);  // whatever waits is tried again; the next one needs a token of its own
    }

private:
    const FaultKind& kind_;
};

// How an employee says something, and which calls that takes.
struct Saying {
    std::string_view name;
    std::vector<Call> calls;
};
const Saying a_picture{"picture", {Call::token, Call::upload, Call::send}};
const Saying a_text{"text", {Call::token, Call::send}};

struct OutgoingSweep : Sweep {
    using Sweep::Sweep;

    void says(const Saying& what, const std::string& contact, const std::string& id)
    {
        if (what.calls.size() == 2)
            employee_sends(contact, id, "Words of " + id);
        else
            employee_sends_file(contact, id, "image", samples::jpeg_head + "Picture of " + id);
        idle();
    }
    // How often a message stands among what came to the phones.
    [[nodiscard]] std::size_t of(const std::string& id, const Happened& phones)
    {
        return static_cast<std::size_t>(std::ranges::count_if(phones, [&](const std::string& what) {
            const auto picture = what.find(": image ");
            const auto shown =
                picture == std::string::npos ? what : platform.uploaded(what.substr(picture + 8));
            return shown.ends_with("of " + id);
        }));
    }
    const channel::Report& last_report_of(const std::string& id)
    {
        const auto found = std::find_if(host.reports.rbegin(), host.reports.rend(), [&](const auto& report) {
            return report.client_id == id;
        });
        BOOST_TEST_REQUIRE((found != host.reports.rend()));
        return *found;
    }
    void is_true(const std::string& id, bool struck)
    {
        const auto& report = last_report_of(id);
        const auto shown = of(id, platform.shown());
        const auto unanswered = of(id, platform.unanswered());

        BOOST_TEST(shown + unanswered <= 1U);
        BOOST_TEST((report.state == channel::State::sent) == (shown == 1U));
        BOOST_TEST((report.state == channel::State::uncertain) == (unanswered == 1U));
        if (report.state == channel::State::sent)
            return;
        BOOST_TEST(struck);
        BOOST_TEST((report.state == channel::State::failed || report.state == channel::State::uncertain));
        BOOST_TEST((!report.reason.empty() || !report.text.empty()));
    }
    void runs(const Saying& what, std::size_t step, int n)
    {
        const auto contact = std::string{what.name} + std::to_string(step) + std::to_string(n);
        open(contact);
        pass(3h);
        for (int i = 1; i <= 3; ++i) {
            const auto before = step == 0 ? std::nullopt : std::optional{what.calls[step - 1]};
            if (i == n)
                strikes(what.calls[step], before);
            says(what, contact, contact + std::to_string(i));
            is_mended();
        }
        contact_writes(contact, "Yes?");  // what was refused for the window's sake may go now
        is_mended();
        for (int i = 1; i <= 3; ++i)
            BOOST_TEST_CONTEXT(
                what.name << ", step " << step << ", message " << i << " of which " << n << " is struck"
            )
        is_true(contact + std::to_string(i), i == n);
    }
};

void every_message_ends_in_a_true_state(const FaultKind& kind)
{
    for (const auto* what : {&a_picture, &a_text})
        for (std::size_t step = 0; step < what->calls.size(); ++step) {
            OutgoingSweep it{kind};
            for (int n = 1; n <= 3; ++n)
                it.runs(*what, step, n);
            BOOST_TEST((it.health.empty() || it.health.back() == "ok"));
        }
}

struct IncomingSweep : Sweep {
    using Sweep::Sweep;

    // What the host was told of a message and of its file.
    void has_an_end(const std::string& id, const std::string& bytes)
    {
        Happened story;
        for (const auto& item : host.items) {
            const bool its_event =
                item.kind == channel::ItemKind::event && member(item.data, "message") == id;
            if (item.id != id && !its_event)
                continue;
            const bool has_file = item.content && !item.content->path.empty();
            if (has_file)
                BOOST_TEST((host.files[item.id] == bytes));
            const auto missing = its_event ? std::string{} : member(item.content->data, "missing");
            story.push_back(its_event ? item.name : has_file ? "picture" : missing);
            if (!has_file)
                BOOST_TEST(
                    member(its_event ? item.data : item.content->data, its_event ? "text" : "missing_text")
                        .size()
                    > 20U
                );
        }
        const bool good = story == Happened{"picture"} || story == Happened{"media_expired"}
                       || (story.size() == 2 && story[0] == "media_not_fetched"
                           && (story[1] == "media_arrived" || story[1] == "media_lost"));
        std::string told = "nothing";
        for (const auto& one : story)
            told += ", " + one;
        BOOST_TEST(good, told);
    }
    void runs(Call call, std::optional<Call> before, int n)
    {
        const auto contact = "c" + std::to_string(static_cast<int>(call)) + std::to_string(n);
        open(contact);
        pass(3h);
        for (int i = 1; i <= 3; ++i) {
            const auto media_id = contact + std::to_string(i);
            platform.has(media_id, samples::jpeg_head + media_id);
            if (i == n)
                strikes(call, before);
            const auto known = host.items.size();
            contact_sends(contact, Kind::image, media_id);
            idle();
            BOOST_TEST_REQUIRE(host.items.size() > known);
            const auto message = std::find_if(
                host.items.begin() + static_cast<std::ptrdiff_t>(known),
                host.items.end(),
                [](const auto& item) { return item.kind == channel::ItemKind::message; }
            );
            const auto id = message->id;
            is_mended();
            BOOST_TEST_CONTEXT("picture " << i << " of which " << n << " is struck")
            has_an_end(id, samples::jpeg_head + media_id);
        }
    }
};

void every_picture_comes_or_is_lost_with_a_reason(const FaultKind& kind)
{
    IncomingSweep it{kind};
    for (int n = 1; n <= 3; ++n) {
        it.runs(Call::token, std::nullopt, n);
        it.runs(Call::download, Call::token, n);
    }
    BOOST_TEST(it.store->counts().fetches == 0);
    BOOST_TEST((it.health.empty() || it.health.back() == "ok"));
}

}  // namespace

BOOST_TEST_DECORATOR(*label("A5") * label("A6") * label("A7"))
BOOST_AUTO_TEST_SUITE(whatever_meets_a_message_on_its_way_out)
const bool registered = one_case_per_row(kinds, every_message_ends_in_a_true_state);
BOOST_AUTO_TEST_SUITE_END()

BOOST_TEST_DECORATOR(*label("A5"))
BOOST_AUTO_TEST_SUITE(whatever_meets_a_picture_on_its_way_in)
const bool registered = one_case_per_row(kinds, every_picture_comes_or_is_lost_with_a_reason);
BOOST_AUTO_TEST_SUITE_END()
