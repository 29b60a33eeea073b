// What plugin.hpp does for an author: state, sizes, operations, tasks and receipts. No file is loaded here.
#include "plugin_api/stage.hpp"

#include <channel/plugin.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using channel::Completion;
using channel::Phase;
using channel::Status;

/// A channel whose functions a test writes; the layer makes it, so it leaves its address.
class Scripted {
public:
    static constexpr channel::Description description{
        .type = "scripted", .name = "Scripted", .version = "1.0.0", .offers = {"com.example.echo/1"}};

    Scripted(channel::Host host_, std::string_view) : host(host_) { latest = this; }

    void configure(const channel::Settings&, Completion done) { on_configure(std::move(done)); }
    void start(Completion done) { on_start(std::move(done)); }
    void stop(std::chrono::milliseconds, Completion done) { on_stop(std::move(done)); }
    channel::Capability check(const channel::Message&) const { return capability; }
    channel::Receipt send(const channel::Message& message)
    {
        sent.push_back(message);
        return receipt;
    }
    channel::Receipt cancel(std::string_view) { return {.state = channel::State::cancelled, .revision = 2}; }
    void settle(channel::Token token, channel::Outcome outcome) { settled.emplace_back(token, outcome); }
    std::string inspect(std::string_view topic) const { return topic == "state" ? answer : throw channel::unknown_topic(topic); }
    void participants(
        std::string_view, std::string_view, std::span<const channel::Participant> who, Completion done
    )
    {
        people.assign(who.begin(), who.end());
        on_people(std::move(done));
    }
    void typing(std::string_view account, std::string_view contact, bool on)
    {
        typed.push_back(std::string(account) + '/' + std::string(contact) + (on ? " on" : " off"));
    }
    void examine(Completion done) { on_examine(std::move(done)); }
    const void* extension(std::string_view id) const { return id == "com.example.echo/1" ? this : nullptr; }

    using Answer = std::function<void(Completion)>;
    static inline Scripted* latest = nullptr;
    static inline const Answer at_once = [](Completion done) { done.ok(); };

    channel::Host host;
    Answer on_configure = at_once, on_start = at_once, on_stop = at_once, on_people = at_once,
           on_examine = at_once;
    channel::Capability capability;
    channel::Receipt receipt{.state = channel::State::sent};
    std::vector<channel::Message> sent;
    std::vector<channel::Participant> people;
    std::vector<std::string> typed;
    std::vector<std::pair<channel::Token, channel::Outcome>> settled;
    std::string answer = R"({"busy":0})";
};

struct Author : stage::Stage {
    Author() : Stage(channel::Library::linked(channel::plugin_table<Scripted>)), author(*Scripted::latest) {}

    /// Calls the bare slot, past all that host.hpp does.
    channel_status raw(const std::function<channel_status(const channel_ops&, void*, channel_error&)>& call)
    {
        channel_error error{};
        channel_instance made{};
        BOOST_TEST_REQUIRE(channel::plugin_table<Scripted>.create(channel::str("raw"), &host, &made, &error) == CHANNEL_OK);
        const auto status = call(*made.ops, made.self, error);
        if (status != CHANNEL_OK)
            BOOST_TEST(error.status == status);
        made.ops->destroy(made.self);
        return status;
    }

    static inline int calls_of_the_host = 0;
    static std::int64_t now(void*) noexcept { return ++calls_of_the_host; }
    static std::uint64_t arm(void*, std::int64_t, channel_task, void*) noexcept { return std::uint64_t(++calls_of_the_host); }
    static std::int32_t disarm(void*, std::uint64_t) noexcept { return ++calls_of_the_host; }
    static channel_status post(void*, channel_task, void*) noexcept { return ++calls_of_the_host, CHANNEL_OK; }
    static void log(void*, std::int32_t, channel_str, channel_str, channel_str) noexcept { ++calls_of_the_host; }
    static void health(void*, std::int32_t, channel_str, channel_str) noexcept { ++calls_of_the_host; }
    static channel_status offer(void*, const channel_item*, channel_token, channel_error*) noexcept { return ++calls_of_the_host, CHANNEL_OK; }
    static channel_status report(void*, const channel_report*, channel_token, channel_error*) noexcept { return ++calls_of_the_host, CHANNEL_OK; }
    static channel_status complete(void*, channel_op, channel_status, channel_str) noexcept { return ++calls_of_the_host, CHANNEL_OK; }
    static const void* host_extension(void*, channel_str) noexcept { return ++calls_of_the_host, nullptr; }

    channel_host host{sizeof(channel_host), 1, 0, nullptr, now, arm, disarm, post, log, health, offer, report, complete, host_extension};
    Scripted& author;
};

std::string names(const channel::Library& library)
{
    std::string all;
    for (const auto* id = library.plugin().offers; *id != nullptr; ++id)
        all += std::string(*id) + ' ';
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_entry)

BOOST_AUTO_TEST_CASE(offers_what_the_class_can_do)
{
    BOOST_TEST(names(channel::Library::linked(channel::plugin_table<Scripted>)) 
               == "com.example.echo/1 channel.participants/1 channel.typing/1 channel.doctor/1 ");
}

BOOST_FIXTURE_TEST_CASE(making_an_instance_calls_nothing_of_the_host, Author, *boost::unit_test::label("N2"))
{
    calls_of_the_host = 0;
    raw([](const channel_ops&, void*, channel_error&) { return CHANNEL_OK; });
    BOOST_TEST(calls_of_the_host == 0);
}

BOOST_FIXTURE_TEST_CASE(refuses_a_host_that_is_shorter_than_in_1_0_and_takes_a_longer_one, Author,
                        *boost::unit_test::label("N3"))
{
    channel_error error{};
    channel_instance made{};
    const auto create = channel::plugin_table<Scripted>.create;

    host.struct_size = sizeof(channel_host) - 8;
    BOOST_TEST(create(channel::str("a"), &host, &made, &error) == CHANNEL_E_ARGUMENT);
    host.struct_size = sizeof(channel_host) + 8;
    BOOST_TEST(create(channel::str("a"), &host, &made, &error) == CHANNEL_OK);
    made.ops->destroy(made.self);
}

BOOST_FIXTURE_TEST_CASE(gives_extensions_by_their_whole_id, Author, *boost::unit_test::label("N5"))
{
    BOOST_TEST(instance.extension("com.example.echo/1") == &author);
    BOOST_TEST(instance.extension("channel.participants/1") != nullptr);
    for (const auto* id : {"", "channel.participants/", "channel.participants/11", "channel.invite/1"})
        BOOST_TEST(instance.extension(id) == nullptr, id);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_call_in_the_wrong_state)

BOOST_FIXTURE_TEST_CASE(gives_state_and_changes_nothing, Author, *boost::unit_test::label("L2"))
{
    const auto everything = [&](const std::string& now) {
        const auto expected = "-2 state not while " + now;
        BOOST_TEST(thrown([&] { instance.send(message("m1")); }) == expected);
        BOOST_TEST(thrown([&] { instance.cancel("m1"); }) == expected);
        BOOST_TEST(thrown([&] { (void)instance.check(message("m1")); }) == expected);
        BOOST_TEST(thrown([&] { instance.participants("a", "c", {}, {}); }) == expected);
        BOOST_TEST(thrown([&] { stop(); }) == expected);
    };

    everything("created");
    BOOST_TEST(thrown([&] { start(); }) == "-2 state not while created");
    configure();
    everything("configured");
    start();
    BOOST_TEST(thrown([&] { start(); }) == "-2 state not while running");
    BOOST_TEST(bool(configure()));  // a reload
    stop();
    everything("stopped");

    BOOST_TEST(author.sent.empty());
    BOOST_TEST((instance.phase() == Phase::stopped));
    BOOST_TEST(instance.misbehaviours() == 0U);
}

BOOST_FIXTURE_TEST_CASE(starting_takes_no_configure_and_no_second_start, Author)
{
    Completion started;
    author.on_start = [&](Completion done) { started = std::move(done); };
    configure();
    instance.start({});

    BOOST_TEST(thrown([&] { configure(); }) == "-2 state not while starting");
    BOOST_TEST(thrown([&] { start(); }) == "-2 state not while starting");
    started.ok();
    BOOST_TEST((instance.phase() == Phase::running));
}

BOOST_FIXTURE_TEST_CASE(a_failed_start_leads_to_stopped_and_may_be_tried_again, Author)
{
    author.on_start = [](Completion done) { done.fail({Status::unavailable, "port", "in use"}); };
    configure();

    const auto result = start();

    BOOST_TEST((result.status == Status::unavailable));
    BOOST_TEST(result.json == R"({"code":"port","text":"in use"})");
    BOOST_TEST((instance.phase() == Phase::stopped));
    author.on_start = Scripted::at_once;
    BOOST_TEST(bool(start()));
}

BOOST_FIXTURE_TEST_CASE(a_start_that_stop_overtakes_ends_first_with_state, Author)
{
    Completion started;
    std::vector<std::string> ended;
    author.on_start = [&](Completion done) { started = std::move(done); };
    configure();
    instance.start([&](const channel::Result& result) { ended.push_back("start " + std::to_string(int(result.status))); });
    instance.stop({}, [&](const channel::Result& result) { ended.push_back("stop " + std::to_string(int(result.status))); });
    started.ok();  // too late
    lane.run_until_idle();

    BOOST_TEST(ended == (std::vector<std::string>{"start -2", "stop 0"}), boost::test_tools::per_element());
    BOOST_TEST((instance.phase() == Phase::stopped));
    BOOST_TEST(instance.misbehaviours() == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_start_that_succeeds_while_stopping_is_overtaken_too, Author)
{
    Completion started, stopped;
    std::optional<channel::Result> result;
    author.on_start = [&](Completion done) { started = std::move(done); };
    author.on_stop = [&](Completion done) { stopped = std::move(done); };
    configure();
    instance.start([&](const channel::Result& ended) { result = ended; });
    instance.stop({}, {});
    started.ok();
    lane.run_until_idle();

    BOOST_TEST_REQUIRE(result.has_value());
    BOOST_TEST((result->status == Status::state));
    BOOST_TEST((instance.phase() == Phase::stopping));
    stopped.ok();
    BOOST_TEST((instance.phase() == Phase::stopped));
    BOOST_TEST(instance.misbehaviours() == 0U);
}

BOOST_FIXTURE_TEST_CASE(findings_travel_with_a_refusal, Author)
{
    author.on_configure = [](Completion done) {
        done.refuse({{.file = "a.yaml", .line = 3, .column = 7, .code = "unknown_key", .text = "no \"x\""}});
    };

    const auto result = configure();

    BOOST_TEST((result.status == Status::refused));
    BOOST_TEST(result.json == R"([{"level":"error","file":"a.yaml","line":3,"column":7,"code":"unknown_key","text":"no \"x\""}])");
    BOOST_TEST((instance.phase() == Phase::created));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_operation_ends_once)

BOOST_FIXTURE_TEST_CASE(a_forgotten_completion_ends_internal, Author)
{
    run();
    author.on_people = [](Completion) {};

    const auto result = ended([&](channel::Done done) { instance.participants("a", "c", {}, std::move(done)); });

    BOOST_TEST((result.status == Status::internal));
    BOOST_TEST(result.json.find("forgotten") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(also_when_it_is_forgotten_later, Author)
{
    run();
    author.on_people = [&](Completion done) { author.host.post([kept = std::move(done)] {}); };

    const auto result = ended([&](channel::Done done) { instance.participants("a", "c", {}, std::move(done)); });

    BOOST_TEST((result.status == Status::internal));
}

BOOST_FIXTURE_TEST_CASE(an_exception_after_the_completion_is_only_logged, Author)
{
    run();
    author.on_people = [](Completion done) {
        done.ok();
        throw std::runtime_error("afterwards");
    };

    const auto result = ended([&](channel::Done done) { instance.participants("a", "c", {}, std::move(done)); });

    BOOST_TEST(bool(result));
    BOOST_TEST(desk.logs() == (stage::Desk::Logs{"exception_after_completion: afterwards"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(what_is_open_when_stop_ends_is_overtaken, Author)
{
    run();
    Completion kept;
    std::optional<channel::Result> result;
    author.on_people = [&](Completion done) { kept = std::move(done); };
    const channel::Participant ana{"ana", "Ana"};
    instance.participants("a", "c", {&ana, 1}, [&](const channel::Result& ended) { result = ended; });
    stop();
    kept.ok();
    lane.run_until_idle();

    BOOST_TEST((author.people == std::vector{ana}));
    BOOST_TEST_REQUIRE(result.has_value());
    BOOST_TEST((result->status == Status::state));
    BOOST_TEST(instance.misbehaviours() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(typing)

BOOST_FIXTURE_TEST_CASE(arrives_with_its_conversation, Author)
{
    run();

    instance.typing("a", "c", true);
    instance.typing("a", "c", false);

    BOOST_TEST(author.typed == (std::vector<std::string>{"a/c on", "a/c off"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(is_taken_only_while_running_and_of_a_whole_address, Author)
{
    configure();
    BOOST_TEST(thrown([&] { instance.typing("a", "c", true); }) == "-2 state not while configured");
    start();

    BOOST_TEST(thrown([&] { instance.typing("a", "", true); }) == "-1 argument contact: empty");
    BOOST_TEST(author.typed.empty());
    BOOST_TEST(instance.misbehaviours() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_examination)

BOOST_FIXTURE_TEST_CASE(gives_its_steps_in_order_as_json, Author)
{
    using Level = channel::Examined::Level;
    configure();
    author.on_examine = [](Completion done) {
        done.ok(std::vector<channel::Examined>{
            {.account = "bank", .step = "dns", .text = "found"},
            {.account = "bank", .step = "tls", .level = Level::wrong, .text = "\"old\"", .remedy = "Renew it."},
            {.step = "clock", .level = Level::skipped, .text = "no connection"},
        });
    };

    const auto result = ended([&](channel::Done done) { instance.examine(std::move(done)); });

    BOOST_TEST(bool(result));
    BOOST_TEST(
        result.json
        == R"([{"account":"bank","step":"dns","level":"ok","text":"found","remedy":""},)"
           R"({"account":"bank","step":"tls","level":"wrong","text":"\"old\"","remedy":"Renew it."},)"
           R"({"account":"","step":"clock","level":"skipped","text":"no connection","remedy":""}])"
    );
}

BOOST_FIXTURE_TEST_CASE(is_allowed_before_start_while_running_and_after_stop, Author)
{
    const auto examine = [&] {
        return thrown([&] { ended([&](channel::Done done) { instance.examine(std::move(done)); }); });
    };

    BOOST_TEST(examine() == "-2 state not while created");
    configure();
    BOOST_TEST(examine() == "");
    start();
    BOOST_TEST(examine() == "");
    stop();
    BOOST_TEST(examine() == "");
    BOOST_TEST(instance.misbehaviours() == 0U);
}

BOOST_FIXTURE_TEST_CASE(is_overtaken_by_the_end_of_a_run_and_by_a_start_that_fails, Author)
{
    Completion kept;
    author.on_examine = [&](Completion done) { kept = std::move(done); };
    std::vector<Status> ends;
    const auto note = [&](const channel::Result& result) { ends.push_back(result.status); };
    configure();
    author.on_start = [](Completion done) {
        done.fail(channel::Error(Status::unavailable, "port", "in use"));
    };
    instance.examine(note);
    start();
    kept.ok();

    author.on_start = Scripted::at_once;
    start();
    instance.examine(note);
    stop();
    kept.ok();
    lane.run_until_idle();

    BOOST_TEST((ends == std::vector{Status::state, Status::state}));
    BOOST_TEST(instance.misbehaviours() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(what_is_not_as_abi_h_says)

BOOST_FIXTURE_TEST_CASE(is_an_argument_error_before_the_author_sees_it, Author, *boost::unit_test::label("X1"))
{
    run();
    const auto send = [&](auto change) {
        auto broken = message("m1");
        change(broken);
        return thrown([&] { instance.send(broken); });
    };

    BOOST_TEST(send([](auto& m) { m.client_id = ""; }) == "-1 argument client_id: empty");
    BOOST_TEST(send([](auto& m) { m.contact = std::string(256, 'x'); }) == "-1 argument contact: longer than 255 bytes");
    BOOST_TEST(send([](auto& m) { m.sender = "\xff"; }) == "-1 argument sender: not UTF-8");
    BOOST_TEST(send([](auto& m) { m.content->text = std::string(65537, 'x'); }) == "-1 argument content.text: longer than 65536 bytes");
    BOOST_TEST(send([](auto& m) { m.content->path = "relative.png"; }) == "-1 argument content.path: not absolute");
    BOOST_TEST(send([](auto& m) { m.content.reset(); }) == "-1 argument message.content: missing");
    BOOST_TEST(thrown([&] { instance.cancel(""); }) == "-1 argument client_id: empty");
    BOOST_TEST(thrown([&] { (void)instance.inspect(""); }) == "-1 argument topic: empty");
    BOOST_TEST(author.sent.empty());
}

BOOST_FIXTURE_TEST_CASE(is_found_in_bare_structs_too, Author)
{
    channel_settings settings{sizeof(channel_settings) - 8, CHANNEL_APPLY, {}, {}};
    const auto configure_with = [](const channel_settings* given) {
        return [given](const channel_ops& ops, void* self, channel_error& error) {
            return ops.configure(self, given, 1, &error);
        };
    };

    BOOST_TEST(raw(configure_with(nullptr)) == CHANNEL_E_ARGUMENT);
    BOOST_TEST(raw(configure_with(&settings)) == CHANNEL_E_ARGUMENT);
    settings = {sizeof(channel_settings), 3, {}, {}};
    BOOST_TEST(raw(configure_with(&settings)) == CHANNEL_E_ARGUMENT);
    settings = {sizeof(channel_settings), CHANNEL_APPLY, {nullptr, 5}, {}};
    BOOST_TEST(raw(configure_with(&settings)) == CHANNEL_E_ARGUMENT);
}

BOOST_FIXTURE_TEST_CASE(an_answer_longer_than_1_mib_is_the_channels_fault, Author)
{
    author.answer.assign(channel::json_bytes_max + 1, ' ');

    BOOST_TEST(thrown([&] { (void)instance.inspect("state"); }) == "-7 too_long the answer is longer than 1 MiB");
    BOOST_TEST(thrown([&] { (void)instance.inspect("weather"); }) == "-3 unknown_topic no such topic: weather");
}

BOOST_AUTO_TEST_CASE(utf8_is_what_unicode_says, *boost::unit_test::label("X1"))
{
    for (const auto* good : {"", "abc", "\xc2\x80", "\xe4\xbd\xa0", "\xed\x9f\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
        BOOST_TEST(channel::valid_utf8(good), good);
    for (const auto* bad : {"\x80", "\xc0\x80", "\xc2", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5"})
        BOOST_TEST(!channel::valid_utf8(bad));
    BOOST_TEST(channel::clean("a\xff\xe4\xbd\xa0", 4) == "a?");
    BOOST_TEST(channel::json_quoted("a\"\\\n") == R"("a\"\\\u000a")");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_task)

struct Counted {
    explicit Counted(int& alive_) : alive(&alive_) { ++*alive; }
    Counted(Counted&& other) noexcept : alive(std::exchange(other.alive, nullptr)) {}
    ~Counted() { if (alive != nullptr) --*alive; }
    int* alive;
};

BOOST_FIXTURE_TEST_CASE(runs_once_when_it_is_due, Author, *boost::unit_test::label("T4"))
{
    run();
    std::vector<std::int64_t> times;
    const auto note = [&] { times.push_back(channel::ms_of(author.host.now())); };
    author.host.arm(channel::time_of(2000), note);
    author.host.arm(channel::time_of(1000), note);
    const auto dropped = author.host.arm(channel::time_of(1500), note);
    BOOST_TEST(author.host.disarm(dropped));
    BOOST_TEST(!author.host.disarm(dropped));

    advance(std::chrono::hours{48});

    BOOST_TEST(times == (std::vector<std::int64_t>{1000, 2000}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(that_never_runs_is_destroyed_by_the_end_of_the_run, Author, *boost::unit_test::label("L5"))
{
    run();
    int alive = 0;
    author.host.arm(channel::time_of(1000), [held = Counted(alive)] {});
    author.host.post([held = Counted(alive)] {});
    BOOST_TEST(alive == 2);

    instance.stop({}, {});

    BOOST_TEST(alive == 0);
    BOOST_TEST(instance.misbehaviours() == 0U);
    advance(std::chrono::seconds{10});
}

BOOST_FIXTURE_TEST_CASE(is_refused_and_destroyed_when_the_instance_is_not_alive, Author)
{
    int alive = 0;
    BOOST_TEST(!author.host.post([held = Counted(alive)] {}));
    BOOST_TEST(author.host.arm(channel::time_of(0), [held = Counted(alive)] {}) == 0U);
    BOOST_TEST(alive == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_receipt)

BOOST_FIXTURE_TEST_CASE(is_reported_by_the_layer_until_the_host_has_it, Author)
{
    run();
    desk.answer = {Status::busy, channel::Milliseconds{300}};
    instance.send(message("m1"));
    BOOST_TEST(desk.reports().size() == 1U);
    advance(channel::Milliseconds{299});
    BOOST_TEST(desk.reports().size() == 1U);

    desk.answer = channel::ok;
    advance(channel::Milliseconds{1});
    BOOST_TEST(desk.reports().size() == 2U);
    instance.settle(desk.reports()[1].second, {Status::unavailable, channel::Milliseconds{100}});
    advance(channel::Milliseconds{100});
    BOOST_TEST_REQUIRE(desk.reports().size() == 3U);
    instance.settle(desk.reports()[2].second, channel::ok);
    advance(std::chrono::hours{1});

    BOOST_TEST(desk.reports().size() == 3U);
    BOOST_TEST((desk.reports()[0].first == desk.reports()[1].first));
    BOOST_TEST(instance.open_tokens() == 0U);
}

BOOST_FIXTURE_TEST_CASE(waits_for_the_one_before_it_in_its_conversation, Author)
{
    run();
    auto elsewhere = message("m3");
    elsewhere.contact = "d";
    instance.send(message("m1"));
    instance.send(message("m2"));
    instance.send(elsewhere);
    BOOST_TEST_REQUIRE(desk.reports().size() == 2U);
    BOOST_TEST(desk.reports()[1].first.client_id == "m3");

    instance.settle(desk.reports()[0].second, channel::ok);

    BOOST_TEST_REQUIRE(desk.reports().size() == 3U);
    BOOST_TEST(desk.reports()[2].first.client_id == "m2");
}

BOOST_FIXTURE_TEST_CASE(of_a_run_that_has_ended_does_not_come_again, Author)
{
    run();
    instance.send(message("m1"));
    stop();
    start();
    instance.send(message("m2"));

    BOOST_TEST(desk.reports().size() == 2U);
    BOOST_TEST(desk.reports().back().first.client_id == "m2");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tokens)

BOOST_FIXTURE_TEST_CASE(of_the_author_come_back_to_him_and_functions_are_called, Author)
{
    run();
    std::vector<channel::Outcome> outcomes;
    const channel::Item item{.id = "i1", .account = "a", .contact = "c"};
    const channel::Item other{.id = "i2", .account = "a", .contact = "d"};
    BOOST_TEST(bool(author.host.offer(item, channel::Token{7})));
    BOOST_TEST(bool(author.host.offer(other, [&](channel::Outcome outcome) { outcomes.push_back(outcome); })));

    for (const auto& [offered, token] : desk.offers())
        instance.settle(token, {Status::busy, {}});

    const channel::Outcome busy{Status::busy, channel::busy_least};
    BOOST_TEST((author.settled == std::vector{std::pair(channel::Token{7}, busy)}));
    BOOST_TEST((outcomes == std::vector{busy}));
}

BOOST_FIXTURE_TEST_CASE(of_the_upper_half_are_the_layers, Author)
{
    run();
    const channel::Item item{.id = "i1", .account = "a", .contact = "c"};

    BOOST_TEST(thrown([&] { (void)author.host.offer(item, channel::Token{0}); }) == "-1 argument token: not between 1 and 2^63 - 1");
    BOOST_TEST(thrown([&] { (void)author.host.offer(item, ~channel::Token{0}); }) == "-1 argument token: not between 1 and 2^63 - 1");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_CASE(a_capability_arrives_as_the_author_gave_it, Author)
{
    run();
    author.capability = {.verdict = channel::Verdict::queue, .cost = 3, .slots_left = 2,
                         .window_ends = channel::time_of(99), .reason = "on_hold", .text = "waits"};

    BOOST_TEST((instance.check(message("")) == author.capability));
}
