// D: what is sent, without a crash. With one: crashes.cpp.

#include "check.hpp"
#include "stage.hpp"

#include <algorithm>
#include <fstream>

namespace conformance {
namespace {

using namespace std::chrono_literals;
using channel::State;

std::string word(std::optional<State> state)
{
    return state ? std::string(channel::name_of(*state)) : "never reported";
}

void sent_once(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    const auto begin = stage.clock().now();
    auto from_host = Provider::message("m1", provider, "from the host itself", 0);
    from_host.sender.clear();
    stage.send(from_host);
    stage.send("m2", "two lines,\nand a smile: \xF0\x9F\x99\x82", 1);
    stage.send("m3", "from an employee", 2);
    for (const auto* id : {"m1", "m2", "m3"}) {
        stage.expect_sent(id);
        const auto& sent = *stage.host().ledger().find(id);
        for (const auto& report : sent.reports)
            want(
                report.happened >= begin - 1s && report.happened <= stage.clock().now() + 1s,
                "a report's time is not of the host's clock"
            );
        const auto count = provider.count(sent.message.content->text);
        want(
            count == 1, std::string("the provider has message ") + id + ' ' + std::to_string(count) + " times"
        );
    }
}

/// The messages' reports tell a story that can be true. ids: those of the messages.
void expect_stories(Stage& stage)
{
    std::map<std::string, std::vector<channel::Report>> stories;
    for (const auto& report : stage.host().reported())
        stories[report.client_id].push_back(report);
    for (const auto& [id, reports] : stories) {
        std::map<std::uint64_t, State> by_revision;
        for (const auto& report : reports) {
            const auto [known, added] = by_revision.emplace(report.revision, report.state);
            want(
                added || known->second == report.state,
                "revision " + std::to_string(report.revision) + " of " + id + " has two states"
            );
            want(!added || known == std::prev(by_revision.end()), "the revisions of " + id + " fall");
        }
        std::optional<State> before;
        for (const auto& [revision, state] : by_revision) {
            const bool later = state == State::delivered || state == State::read || state == State::failed;
            const bool open = !before || *before < State::sent;
            const bool after_sent =
                before
                && (*before == State::sent || *before == State::delivered || *before == State::uncertain);
            want(
                open || (after_sent && later),
                "after " + word(before) + " comes " + word(state) + ", of " + id
            );
            before = state;
        }
    }
}

void rising_revisions(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    stage.send("m1", "the first", 0);
    stage.send("m2", "the second", 0);
    stage.until([&] { return stage.concluded("m1") && stage.concluded("m2"); }
    );  // before a fault can meet them
    provider.any_fault({"transient", "none"});
    stage.send("m3", "tried twice", 1);
    stage.watch(200ms);
    provider.any_fault({"final", "none"});
    stage.send("m4", "never taken", 2);
    stage.until([&] { return stage.concluded("m4"); });
    provider.fault("none");
    for (const auto* id : {"m1", "m2", "m3", "m4"})
        want(stage.until([&] { return stage.concluded(id); }), std::string(id) + " has no end");
    stage.advance(5min);
    expect_stories(stage);
}

void keeps_order(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    const auto fault = provider.any_fault({"slow", "transient", "none"});
    for (const auto* id : {"a1", "a2", "a3"})
        stage.send(id, id, 0);
    stage.send("b1", "b1", 1);
    if (fault == "slow") {
        want(
            stage.soon([&] { return provider.count("b1") == 1; }, 3s),
            "a contact waits for another contact's slow message"
        );
        want(
            provider.count("a2") == 0 || provider.count("a1") == 1,
            "the second message is at the provider before the first"
        );
    }
    provider.fault("none");
    stage.soon([&] { return stage.concluded("a1"); });  // or the clock would run ahead of a slow provider
    for (const auto* id : {"a1", "a2", "a3", "b1"})
        want(stage.until([&] { return stage.concluded(id); }), std::string(id) + " has no end");
    std::string order;
    for (const auto& got : provider.got())
        if (got.contact == provider.contact(0) && got.text.size() == 2)
            order += got.text + ' ';
    want(order == "a1 a2 a3 ", "one contact's messages came as " + order);
}

std::vector<channel::Message> all_sorts(const Setup& setup, Provider& provider)
{
    std::vector<channel::Message> messages;
    const auto file = setup.folder / "something.bin";
    std::ofstream(file) << "something";
    const auto add = [&](const std::string& name) -> channel::Message& {
        messages.push_back(Provider::message("sort-" + name, provider, "of the sort " + name, messages.size())
        );
        return messages.back();
    };
    for (const auto* kind :
         {"text", "image", "voice", "video", "file", "location", "link", "com.example.odd"}) {
        auto& content = *add(kind).content;
        content.kind = kind;
        if (content.kind != "text" && content.kind != "location" && content.kind != "link") {
            content.path = file.string();
            content.bytes = 9;
            content.name = "something.bin";
            content.mime = "application/octet-stream";
        }
    }
    add("long").content->text = std::string(60'000, 'x');
    add("empty").content->text.clear();
    add("unknown-contact").contact = "nobody?";
    add("unknown-account").account = "nobody?";
    return messages;
}

/// What check says; thrown, it refuses as well.
channel::Capability asked(Stage& stage, const channel::Message& message)
{
    try {
        return stage.instance().check(message);
    } catch (const channel::Error& error) {
        if (error.status() != channel::Status::refused && error.status() != channel::Status::argument)
            throw Failed(message.client_id + ": check fails: " + error.text());
        return {.verdict = channel::Verdict::refuse, .reason = error.code()};
    }
}

void check_agrees(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    for (const auto& message : all_sorts(setup, provider)) {
        const auto capability = asked(stage, message);
        const auto thrown = stage.send(message);
        if (thrown) {
            want(
                capability.verdict == channel::Verdict::refuse || thrown->status() == channel::Status::busy,
                message.client_id + ": check does not refuse, and send gives " + thrown->text()
            );
            continue;
        }
        want(
            stage.until([&] { return stage.host().state_of(message.client_id).has_value(); }),
            message.client_id + ": no report"
        );
        const auto state = *stage.host().state_of(message.client_id);
        const bool refuses = capability.verdict == channel::Verdict::refuse;
        want(
            refuses == (state == State::refused),
            message.client_id + ": check " + (refuses ? "refuses" : "does not refuse")
                + ", and send leads to " + word(state)
        );
        if (!refuses)
            continue;
        const auto* const report = stage.host().ledger().find(message.client_id)->last();
        want(
            report->reason == capability.reason,
            message.client_id + ": refused as " + report->reason + ", but check says " + capability.reason
        );
        stage.rest();
        want(
            provider.count(message.content->text) == 0,
            message.client_id + ": what is refused is at the provider"
        );
    }
}

void tried_again_after_a_transient_fault(Stage& stage, Provider& provider)
{
    if (provider.any_fault({"transient", "down", "none"}) == "none")
        return;
    stage.send("m1", "once more", 0);
    stage.rest();
    stage.watch(200ms);
    want(!stage.concluded("m1"), "a transient fault ends a message: " + word(stage.host().state_of("m1")));
    provider.fault("none");
    stage.expect_sent("m1");
    want(
        provider.count("once more") == 1,
        "after a transient fault the provider has a message " + std::to_string(provider.count("once more"))
            + " times"
    );
}

void failed_after_a_final_fault(Stage& stage, Provider& provider)
{
    boost::json::object answer;
    try {
        answer = provider.ask("fault", {{"fault", "final"}});
    } catch (const Skipped&) {
        return;
    }
    stage.send("m2", "never", 1);
    want(
        stage.until([&] { return stage.concluded("m2"); }) && stage.is("m2", State::failed),
        "the provider never takes it, but it is " + word(stage.host().state_of("m2"))
    );
    const auto* const report = stage.host().ledger().find("m2")->last();
    const std::string code(member(answer, "code").as_string());
    want(
        (report->reason + report->text + report->data).find(code) != std::string::npos,
        "the report of a failure does not say the provider's code " + code
    );
    provider.fault("none");
}

void uncertain_after_silence(Stage& stage, Provider& provider)
{
    try {
        provider.fault("silent");
    } catch (const Skipped&) {
        return;
    }
    stage.send("m3", "heard?", 2);
    const bool ended = stage.until([&] { return stage.concluded("m3"); }, 10min);
    provider.fault("none");
    if (!ended)
        want(
            stage.until([&] { return stage.concluded("m3"); }),
            "after the provider's silence a message has no end"
        );
    stage.advance(10min);
    const auto count = provider.count("heard?");
    want(count <= 1, "after its silence the provider has a message " + std::to_string(count) + " times");
    want(
        stage.is("m3", State::uncertain) || count == 1,
        "it is " + word(stage.host().state_of("m3")) + ", and the provider does not have it"
    );
}

void faults_of_the_provider(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    tried_again_after_a_transient_fault(stage, provider);
    failed_after_a_final_fault(stage, provider);
    uncertain_after_silence(stage, provider);
}

void cancelled(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    if (provider.any_fault({"transient", "down", "slow", "none"}) != "none") {
        stage.send("m1", "first", 0);
        stage.send("m2", "behind it", 0);
        stage.watch(100ms);
        stage.instance().cancel("m2");
        provider.fault("none");
        want(
            stage.until([&] { return stage.concluded("m2"); }) && stage.is("m2", State::cancelled),
            "a message that waits is cancelled, but is " + word(stage.host().state_of("m2"))
        );
    } else {
        stage.send("m1", "first", 0);
    }
    stage.expect_sent("m1");
    const auto reports = stage.host().ledger().find("m1")->reports.size();
    stage.instance().cancel("m1");
    want(
        stage.until([&] { return stage.host().ledger().find("m1")->reports.size() > reports; }),
        "cancel of what is sent is not reported"
    );
    const auto state = stage.host().ledger().find("m1")->reports.back().state;
    want(
        state >= State::sent && state <= State::read,
        "what is sent is reported as " + word(state) + " when it is cancelled"
    );
    want(provider.count("behind it") == 0, "what was cancelled is at the provider");
    stage.instance().cancel("nobody-sent-this");
    const auto answered = [&] {
        return std::ranges::any_of(stage.host().reported(), [](const channel::Report& report) {
            return report.client_id == "nobody-sent-this" && report.state == State::refused
                && report.reason == "unknown_message" && report.revision == 0;
        });
    };
    want(
        stage.until(answered),
        "cancel of an unknown message is not reported as refused, unknown_message, revision 0"
    );
}

constexpr Check checks[] = {
    {"D1", "What is sent is reported, then sent; the provider has it once, as it is.", true, sent_once},
    {"D5",
     "Revisions rise, and after an end comes nothing but what the provider tells later.",
     true,
     rising_revisions},
    {"D6",
     "One contact's messages keep their order behind a slow one, and another contact does not wait.",
     true,
     keeps_order},
    {"D7",
     "Check agrees with send, for every kind of content; what is refused calls no provider.",
     true,
     check_agrees},
    {"D8",
     "The provider's transient fault, its final one and its silence end as sent, failed and uncertain.",
     true,
     faults_of_the_provider},
    {"D9", "Cancel lets go of what waits, and of nothing else; each time it is reported.", true, cancelled},
};

}  // namespace

std::span<const Check> delivery_checks()
{
    return checks;
}

}  // namespace conformance
