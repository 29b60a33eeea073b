// A channel that breaks the contract is named with its function, and does no harm.
#include "plugin_api/stage.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using Logs = stage::Desk::Logs;

/// A channel of bare slots, which a test makes misbehave.
struct Rogue {
    const channel_host* host = nullptr;
    std::vector<channel_op> ops;
    std::function<channel_status(channel_error&)> on_send = [](channel_error&) { return CHANNEL_OK; };
    std::function<void(const channel_sink&)> on_inspect = [](const channel_sink&) {};
    channel_capability answer{};
    bool create_logs = false;
    int settles = 0;

    static inline Rogue* latest = nullptr;
    static Rogue& of(void* self) { return *static_cast<Rogue*>(self); }

    void complete(std::size_t op, channel_status status = CHANNEL_OK) const
    {
        host->complete(host->self, ops.at(op), status, {});
    }
    channel_status offer(channel_token token, const char* contact = "c", const char* id = "i") const
    {
        channel_item item{};
        item.struct_size = sizeof item;
        item.kind = CHANNEL_MESSAGE;
        item.id = channel::str(id);
        item.account = channel::str("a");
        item.contact = channel::str(contact);
        channel_error error{};
        return host->offer(host->self, &item, token, &error);
    }
    channel_status report(std::int32_t state, channel_token token, const char* client_id = "m1") const
    {
        channel_report report{};
        report.struct_size = sizeof report;
        report.state = state;
        report.client_id = channel::str(client_id);
        report.revision = 1;
        channel_error error{};
        return host->report(host->self, &report, token, &error);
    }
};

channel_status note(void* self, channel_op op)
{
    Rogue::of(self).ops.push_back(op);
    return CHANNEL_OK;
}

void destroy(void*) noexcept {}
channel_status configure(void* self, const channel_settings*, channel_op op, channel_error*) noexcept { return note(self, op); }
channel_status start(void* self, channel_op op, channel_error*) noexcept { return note(self, op); }
channel_status stop(void* self, std::int64_t, channel_op op, channel_error*) noexcept { return note(self, op); }
channel_status check(void* self, const channel_message*, channel_capability* answer, channel_error*) noexcept
{
    const auto size = answer->struct_size;
    *answer = Rogue::of(self).answer;
    answer->struct_size = size;
    return CHANNEL_OK;
}
channel_status send(void* self, const channel_message*, channel_error* error) noexcept { return Rogue::of(self).on_send(*error); }
channel_status cancel(void*, channel_str, channel_error*) noexcept { return CHANNEL_OK; }
void settle(void* self, channel_token, channel_status, std::int64_t) noexcept { ++Rogue::of(self).settles; }
channel_status inspect(void* self, channel_str, const channel_sink* sink, channel_error*) noexcept
{
    Rogue::of(self).on_inspect(*sink);
    return CHANNEL_OK;
}
const void* extension(void*, channel_str) noexcept { return nullptr; }

constexpr channel_ops ops{sizeof(channel_ops), 0, destroy, configure, start, stop, check, send, cancel, settle, inspect, extension};

channel_status create(channel_str, const channel_host* host, channel_instance* made, channel_error*) noexcept
{
    Rogue::latest->host = host;
    if (Rogue::latest->create_logs)
        host->log(host->self, CHANNEL_LOG_INFO, channel::str("a"), channel::str("b"), {});
    *made = {Rogue::latest, &ops};
    return CHANNEL_OK;
}

const char* const nothing[] = {nullptr};
const channel_plugin plugin{
    CHANNEL_MAGIC, CHANNEL_ABI_MAJOR, CHANNEL_ABI_MINOR, sizeof(channel_plugin), 0, "rogue", "Rogue", "1", "none", "{}", "{}",
    nothing, nothing, create,
};

struct Born {
    Born() { Rogue::latest = &rogue; }
    Rogue rogue;
};

struct Line : Born, stage::Stage {
    Line() : Stage(channel::Library::linked(plugin)) {}
    ~Line()
    {
        if (alive(instance.phase())) {
            if (instance.phase() != channel::Phase::stopping)
                instance.stop({}, {});
            rogue.complete(rogue.ops.size() - 1);
        }
    }
    void run()
    {
        instance.configure({}, {});
        rogue.complete(0);
        instance.start({});
        rogue.complete(1);
        lane.run_until_idle();
    }
    void told(const Logs& sentences) { BOOST_TEST(desk.misbehaviours() == sentences, boost::test_tools::per_element()); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(it_is_named)

BOOST_FIXTURE_TEST_CASE(who_completes_an_operation_twice, Line, *boost::unit_test::label("L1"))
{
    int ended = 0;
    instance.configure({}, [&](const channel::Result&) { ++ended; });
    rogue.complete(0);
    rogue.complete(0);
    lane.run_until_idle();

    told({"rogue misbehaves: complete: of no open operation"});
    BOOST_TEST(ended == 1);
    BOOST_TEST(instance.misbehaviours() == 1U);
}

BOOST_FIXTURE_TEST_CASE(who_offers_or_posts_before_it_was_started, Line)
{
    BOOST_TEST(rogue.offer(1) == CHANNEL_E_STATE);
    BOOST_TEST(rogue.host->post(rogue.host->self, nullptr, nullptr) == CHANNEL_E_STATE);
    BOOST_TEST(rogue.host->arm(rogue.host->self, 0, nullptr, nullptr) == 0U);

    told({"rogue misbehaves: offer: called while created", "rogue misbehaves: post: called while created",
          "rogue misbehaves: arm: called while created"});
    BOOST_TEST(desk.offers().empty());
}

BOOST_FIXTURE_TEST_CASE(who_takes_a_send_before_it_was_started, Line, *boost::unit_test::label("L2"))
{
    instance.send(message("m1"));

    told({"rogue misbehaves: send: taken while created"});
}

BOOST_FIXTURE_TEST_CASE(who_uses_a_token_that_is_open_or_0, Line)
{
    run();
    BOOST_TEST(rogue.offer(1) == CHANNEL_OK);
    BOOST_TEST(rogue.offer(1, "d") == CHANNEL_E_ARGUMENT);
    BOOST_TEST(rogue.offer(0, "d") == CHANNEL_E_ARGUMENT);

    told({"rogue misbehaves: offer: token: open already", "rogue misbehaves: offer: token: 0"});
    BOOST_TEST(desk.offers().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(who_hands_over_what_is_not_utf8, Line)
{
    run();
    BOOST_TEST(rogue.offer(1, "\xff") == CHANNEL_E_ARGUMENT);
    rogue.host->log(rogue.host->self, 9, channel::str("\xff"), {}, {});

    told({"rogue misbehaves: offer: contact: not UTF-8",
          "rogue misbehaves: log: unknown level, or text that is not UTF-8 or too long"});
    BOOST_TEST(instance.open_tokens() == 0U);
}

BOOST_FIXTURE_TEST_CASE(who_reports_a_state_nobody_knows, Line)
{
    run();
    BOOST_TEST(rogue.report(77, 1) == CHANNEL_OK);  // abi.h: it tries no more; so the host must have it

    told({"rogue misbehaves: report: unknown state 77"});
    BOOST_TEST(desk.reports().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(who_fails_without_a_code_or_with_a_number_nobody_knows, Line)
{
    run();
    rogue.on_send = [](channel_error&) { return 5; };

    BOOST_TEST(thrown([&] { instance.send(message("m1")); }) == "-7  ");
    told({"rogue misbehaves: send: unknown status 5", "rogue misbehaves: send: fails without a code"});
}

BOOST_FIXTURE_TEST_CASE(who_gives_no_reason_or_an_unknown_verdict, Line)
{
    run();
    rogue.answer.verdict = 9;

    BOOST_TEST((instance.check(message("m1")).verdict == channel::Verdict::refuse));
    told({"rogue misbehaves: check: unknown verdict 9", "rogue misbehaves: check: no reason for not sending"});
}

BOOST_FIXTURE_TEST_CASE(who_answers_more_than_1_mib, Line, *boost::unit_test::label("O1"))
{
    rogue.on_inspect = [](const channel_sink& sink) {
        const std::string piece(600 * 1024, ' ');
        BOOST_TEST(sink.write(sink.ctx, channel::str(piece)) == 0);
        BOOST_TEST(sink.write(sink.ctx, channel::str(piece)) != 0);
    };

    BOOST_TEST(instance.inspect("state") == "");
    told({"rogue misbehaves: inspect: answers more than 1 MiB"});
}

BOOST_FIXTURE_TEST_CASE(who_leaves_a_timer_or_an_operation_when_stop_completes, Line, *boost::unit_test::label("L5"))
{
    run();
    static int ran = 0;
    rogue.host->arm(rogue.host->self, 1000, [](void*) noexcept { ++ran; }, nullptr);
    instance.configure({}, {});  // a reload, ops[2]
    instance.stop({}, {});       // ops[3]
    rogue.complete(3);
    advance(std::chrono::seconds{5});

    told({"rogue misbehaves: stop: completes before configure has", "rogue misbehaves: stop: completes with 1 timers left"});
    BOOST_TEST(ran == 0);
}

BOOST_AUTO_TEST_CASE(who_calls_the_host_from_create, *boost::unit_test::label("N2"))
{
    Born born;
    born.rogue.create_logs = true;
    stage::Stage stage(channel::Library::linked(plugin));

    BOOST_TEST(stage.desk.misbehaviours() == (Logs{"rogue misbehaves: create: calls log of the host"}),
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_host_that_calls_beside_the_lane, Line)
{
    run();
    rogue.on_send = [&](channel_error&) {
        instance.cancel("m1");
        return CHANNEL_OK;
    };
    instance.send(message("m1"));

    told({"HOST misbehaves: cancel: called beside another call of this lane"});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tokens_of_the_host)

BOOST_FIXTURE_TEST_CASE(are_settled_once, Line)
{
    run();
    rogue.offer(1);

    BOOST_TEST(instance.settle(1, channel::ok));
    BOOST_TEST(!instance.settle(1, channel::ok));
    BOOST_TEST(rogue.settles == 1);
}

BOOST_FIXTURE_TEST_CASE(are_one_per_conversation_reports_too, Line, *boost::unit_test::label("R5"))
{
    run();
    desk.conversations["m1"] = "a\nc";
    BOOST_TEST(rogue.offer(1) == CHANNEL_OK);
    BOOST_TEST(rogue.offer(2) == CHANNEL_E_BUSY);
    BOOST_TEST(rogue.report(CHANNEL_SENT, 3) == CHANNEL_E_BUSY);
    BOOST_TEST(rogue.offer(4, "d") == CHANNEL_OK);

    instance.settle(1, channel::ok);

    BOOST_TEST(rogue.report(CHANNEL_SENT, 3) == CHANNEL_OK);
    BOOST_TEST(rogue.offer(2) == CHANNEL_E_BUSY);
    told({});
}

BOOST_FIXTURE_TEST_CASE(are_not_open_when_the_host_did_not_take_them, Line)
{
    run();
    desk.answer = {channel::Status::busy, {}};
    BOOST_TEST(rogue.offer(1) == CHANNEL_E_BUSY);
    desk.answer = channel::ok;
    BOOST_TEST(rogue.offer(1) == CHANNEL_OK);
    told({});
}

BOOST_FIXTURE_TEST_CASE(lapse_with_stop, Line)
{
    run();
    rogue.offer(1);
    instance.stop({}, {});
    rogue.complete(2);

    BOOST_TEST(instance.open_tokens() == 0U);
    BOOST_TEST(!instance.settle(1, channel::ok));
    BOOST_TEST(rogue.settles == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(an_instance_that_is_destroyed_while_running_is_cut_off)
{
    auto* const born = new Born;  // must outlive the process: a channel that was never stopped may call for ever
    auto stage = std::make_unique<stage::Stage>(channel::Library::linked(plugin));
    stage->instance.configure({}, {});
    born->rogue.complete(0);
    stage->instance.start({});
    stage->instance = stage::Stage(channel::Library::linked(plugin)).instance.phase() == channel::Phase::created
        ? channel::Library::linked(plugin).create("other", stage->desk)
        : std::move(stage->instance);

    BOOST_TEST(stage->desk.misbehaviours() == (Logs{"HOST misbehaves: destroy: called while starting"}),
               boost::test_tools::per_element());
}
