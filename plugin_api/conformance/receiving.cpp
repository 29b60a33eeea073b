// R: what is received, without a crash. With one: crashes.cpp. From enemies: hostile.cpp.

#include "check.hpp"
#include "stage.hpp"
#include "traces.hpp"

#include <algorithm>
#include <fstream>

namespace conformance {
namespace {

using namespace std::chrono_literals;
using channel::Status;

std::vector<Host::Offered> offers_of(Stage& stage, const std::string& text)
{
    auto offers = stage.host().offered();
    std::erase_if(offers, [&](const Host::Offered& one) {
        return !one.item.content || one.item.content->text != text;
    });
    return offers;
}

std::size_t times_received(Stage& stage, const std::string& text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        stage.host().ledger().received(),
        [&](const channel::Item& item) { return item.content && item.content->text == text; }
    ));
}

void received_as_written(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    const std::string text = "Good day, \xE4\xBD\xA0\xE5\xA5\xBD";
    const auto hour_ago = stage.clock().now() - 1h;
    const auto answer = stage.ask(
        "write",
        {{"contact", provider.contact()}, {"text", text}, {"at_ms", hour_ago.time_since_epoch().count()}}
    );
    want(member(answer, "acknowledged").as_bool(), "the provider is not told that a message was received");
    want(stage.until([&] { return stage.received(text); }), "what the contact wrote does not arrive");
    stage.advance(5min);
    const auto offers = offers_of(stage, text);
    want(offers.size() == 1, "it is offered " + std::to_string(offers.size()) + " times");
    const auto& item = offers[0].item;
    want(item.kind == channel::ItemKind::message, "it is no message");
    want(!item.id.empty(), "it has no id");
    want(item.account == provider.account(), "its account is " + item.account);
    want(item.contact == provider.contact(), "its contact is " + item.contact);
    const channel::Time at{channel::Milliseconds(member(answer, "at_ms").to_number<std::int64_t>())};
    want(item.happened >= at - 1s && item.happened <= at + 1s, "its time is not the provider's");
}

void redelivered(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    const std::string text = "again and again";
    // Before the host has it.
    bool ready = false;
    stage.host().take_item = [&](const auto&) {
        return ready ? channel::ok : channel::Outcome{Status::busy, 5s};
    };
    auto first = provider.begin("write", {{"contact", provider.contact()}, {"text", text}});
    stage.watch(200ms);
    auto second = provider.begin("again");
    stage.watch(200ms);
    ready = true;
    want(stage.until([&] { return stage.received(text); }), "what was redelivered does not arrive");
    stage.rest();
    // After it has it, and after a restart.
    for (int round = 0; round < 2; ++round) {
        want(member(stage.ask("again"), "acknowledged").as_bool(), "a redelivery is not acknowledged");
        stage.rest();
        stage.watch(100ms);
        stage.restart();
    }
    want(
        times_received(stage, text) == 1,
        "the host ends with " + std::to_string(times_received(stage, text)) + " of one message"
    );
    const auto offers = offers_of(stage, text);
    for (const auto& offer : offers)
        want(offer.item.id == offers[0].item.id, "a redelivery has another id");
    provider.rig().forget(first);
    provider.rig().forget(second);
}

/// The contact writes, and settle answers `outcome` once: then it must come again, under a new token and the old id.
void comes_again(
    Stage& stage, const std::string& text, std::size_t contact, std::optional<channel::Outcome> outcome
)
{
    bool first = true;
    stage.host().settle_item = [&](const channel::Item& item) -> std::optional<channel::Outcome> {
        if (!item.content || item.content->text != text || !std::exchange(first, false))
            return channel::ok;
        return outcome;
    };
    const auto writing =
        stage.provider().begin("write", {{"contact", stage.provider().contact(contact)}, {"text", text}});
    want(stage.until([&] { return !first; }), "it is not offered: " + text);
    stage.rest();
    if (!outcome)
        stage.restart();
    const auto acknowledged = [&] {
        const auto answer = stage.provider().rig().answer(writing);
        return answer && member(*answer, "acknowledged").as_bool();
    };
    if (!stage.until([&] { return stage.received(text); }, 5min)) {
        want(
            !acknowledged(),
            "the provider was told that it was received, but the host does not have it: " + text
        );
        stage.provider().begin("again");
    }
    want(stage.until([&] { return stage.received(text); }), "it does not come again: " + text);
    const auto offers = offers_of(stage, text);
    want(
        offers.size() >= 2 && offers.front().item.id == offers.back().item.id,
        "it comes again under another id: " + text
    );
    want(
        offers.front().token != offers.back().token || !outcome, "it comes again under the old token: " + text
    );
    stage.provider().rig().forget(writing);
}

void never_taken(Stage& stage)
{
    const std::string text = "never taken";
    stage.host().settle_item = [&](const channel::Item& item) {
        return std::optional(
            item.content && item.content->text == text ? channel::Outcome{Status::refused} : channel::ok
        );
    };
    const auto logged = stage.host().logged().size();
    const auto writing =
        stage.provider().begin("write", {{"contact", stage.provider().contact(2)}, {"text", text}});
    want(stage.until([&] { return !offers_of(stage, text).empty(); }), "it is not offered: " + text);
    stage.advance(5min);
    want(stage.host().logged().size() > logged, "what the host refuses is dropped without a word in the log");
    stage.restart();
    stage.advance(5min);
    want(offers_of(stage, text).size() == 1, "what the host refuses is offered again");
    stage.provider().rig().forget(writing);
}

void offered_again(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    comes_again(stage, "settled with busy", 0, channel::Outcome{Status::busy, 3s});
    comes_again(stage, "settled with unavailable", 1, channel::Outcome{Status::unavailable, 3s});
    comes_again(stage, "never settled", 0, std::nullopt);
    never_taken(stage);
}

void in_order(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    const auto& blocked = provider.contact(0);
    bool busy = true;
    stage.host().take_item = [&](const channel::Item& item) {
        return busy && item.contact == blocked ? channel::Outcome{Status::busy, 5s} : channel::ok;
    };
    std::vector<Rig::Ticket> writing;
    for (const auto* text : {"a1", "a2", "a3"}) {
        writing.push_back(provider.begin("write", {{"contact", blocked}, {"text", text}}));
        stage.watch(100ms);
    }
    writing.push_back(provider.begin("write", {{"contact", provider.contact(1)}, {"text", "b1"}}));
    want(stage.until([&] { return stage.received("b1"); }, 1min), "a conversation waits for another one's");
    stage.advance(20s);
    busy = false;
    std::string order;
    for (const auto* text : {"a1", "a2", "a3"})
        want(
            stage.until([&] { return stage.received(text); }), std::string("lost over a busy host: ") + text
        );
    for (const auto& item : stage.host().ledger().received())
        if (item.contact == blocked && item.content && item.content->text.starts_with('a')
            && item.content->text.size() == 2)
            order += item.content->text + ' ';
    want(order == "a1 a2 a3 ", "over a busy host the order becomes " + order);
    const std::lock_guard lock(Wire::ears().mutex);
    want(
        Wire::ears().at_once.empty(),
        "it offers a second item of a conversation while the first waits for settle"
    );
    for (const auto ticket : writing)
        provider.rig().forget(ticket);
}

void a_flood(const Setup& setup)
{
    constexpr std::size_t count = 10'000, a_second = 100, memory_most = std::size_t{64} << 20;
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    std::size_t taken = 0;
    stage.host().take_item = [&](const auto&) {
        return taken < a_second ? (++taken, channel::ok) : channel::Outcome{Status::busy, 1s};
    };
    const auto memory = memory_now();
    boost::json::array contacts;
    for (std::size_t i = 0; i < provider.contacts(); ++i)
        contacts.push_back(boost::json::value(provider.contact(i)));
    const auto before = stage.host().ledger().received().size();
    const auto ticket = provider.begin("flood", {{"count", count}, {"contacts", contacts}});
    std::optional<boost::json::object> all_brought;
    std::size_t most = 0;
    const auto received = [&] { return stage.host().ledger().received().size() - before; };
    // A second of the host's is some milliseconds here.
    for (int second = 0; second < 6000 && received() < count; ++second) {
        taken = 0;
        stage.soon([&] { return taken >= a_second || received() >= count; }, 10ms);
        stage.clock().advance(1s);
        most = std::max(most, memory_now());
        if (!all_brought)
            all_brought = provider.rig().answer(ticket);
    }
    want(
        received() >= count,
        "of " + std::to_string(count) + " messages at once " + std::to_string(received()) + " arrive"
    );
    const auto grown = most > memory ? most - memory : 0;
    const auto noted = 2 * count * sizeof(channel::Item) + count * 512;  // this host's own memory of it
    want(grown < memory_most + noted, "memory grows by " + std::to_string(grown >> 20) + " MiB");
}

void media_stays(const Setup& setup)
{
    Provider provider(setup);
    Stage stage(setup, &provider);
    stage.run();
    stage.host().settle_item = [&](const channel::Item& item) {
        return item.content && !item.content->path.empty() ? std::nullopt : std::optional(channel::ok);
    };
    const auto writing =
        provider.begin("write", {{"contact", provider.contact()}, {"text", "with a file"}, {"file", true}});
    std::optional<Host::Offered> found;
    const auto offered = [&] {
        for (const auto& one : stage.host().offered())
            if (one.item.content && !one.item.content->path.empty())
                found = one;
        if (!found)
            (void)provider.rig().answer(writing);  // "unsupported" is told here
        return found.has_value();
    };
    want(stage.until(offered), "no item has a file");
    const auto& content = *found->item.content;
    const std::filesystem::path path = content.path;
    want(path.is_absolute(), "the file's path is not absolute");
    const auto is_there = [&] {
        return std::filesystem::is_regular_file(path) && std::filesystem::file_size(path) == content.bytes;
    };
    want(is_there(), "the path names no regular file of " + std::to_string(content.bytes) + " bytes");
    const auto before = files_below(path.parent_path())[path.string()];
    stage.watch(300ms);
    stage.advance(1h);
    want(
        is_there() && files_below(path.parent_path())[path.string()] == before,
        "the file goes or changes before it is settled"
    );
    stage.host().settle(found->token, channel::ok);
    stage.rest();
    provider.rig().forget(writing);
}

constexpr Check checks[] = {
    {"R1",
     "What the contact wrote is offered once, as it was written, with the provider's time.",
     true,
     received_as_written},
    {"R3",
     "A redelivery is acknowledged and keeps its id, before and after settle and a restart.",
     true,
     redelivered},
    {"R4",
     "What is not settled comes again under its id; what the host refuses comes no more.",
     true,
     offered_again},
    {"R5",
     "One item of a conversation is open at a time, order holds over a busy host, and others go on.",
     true,
     in_order},
    {"R6",
     "Of ten thousand at once none is lost, in 64 MiB, while the host takes a hundred a second.",
     true,
     a_flood,
     std::chrono::seconds{60}},
    {"R7", "A file is where its path says, and stays as it is until it is settled.", true, media_stays},
};

}  // namespace

std::span<const Check> receiving_checks()
{
    return checks;
}

}  // namespace conformance
