// What the host gets: once, in order, again until it has settled it.
#include "engine/an_engine.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::engine;
using boost::test_tools::per_element;
using boost::unit_test::label;

namespace {

// A store that removes no row for the host until it is mended.
struct AStoreThatKeepsItsRows : AnEngine {
    AStoreThatKeepsItsRows()
    {
        run_sql("CREATE TRIGGER kept BEFORE DELETE ON outbox WHEN OLD.direction = 0 BEGIN SELECT "
                "RAISE(ABORT, 'kept'); END");
    }
    void is_mended() { run_sql("DROP TRIGGER kept"); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(what_the_host_has_settled)

BOOST_FIXTURE_TEST_CASE(leaves_the_outbox_once_the_store_can_without_a_restart, AStoreThatKeepsItsRows)
{
    contact_writes("lily", "Hello");
    idle();
    BOOST_TEST(host.of("lily").size() == 3U);
    const auto kept = store->counts().outbox_to_host;
    is_mended();
    pass(2s);

    BOOST_TEST(kept == 3);
    BOOST_TEST(store->counts().outbox_to_host == 0);
    BOOST_TEST(host.of("lily").size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_callback, AnEngine)

BOOST_AUTO_TEST_CASE(that_opens_a_conversation_is_told_in_the_policy_s_order, *label("O3"))
{
    contact_writes("lily", "Hello");
    idle();

    BOOST_TEST(happened() == (Happened{"message Hello", "notice welcome", "echo welcome"}), per_element());
    BOOST_TEST(on_phones().size() == 1U);
    BOOST_TEST(host.items.at(0).account == "harbour-bank");
    BOOST_TEST(host.items.at(0).contact == "lily");
}

BOOST_AUTO_TEST_CASE(that_comes_again_changes_nothing)
{
    contact_writes("lily", "Hello", 77);
    contact_writes("lily", "Hello", 77);
    idle();
    (void)happened();
    (void)on_phones();
    restart();
    contact_writes("lily", "Hello", 77);
    idle();

    BOOST_TEST(happened().empty());
    BOOST_TEST(on_phones().empty());
    BOOST_TEST(engine->figures().repeated == 1U);
}

BOOST_AUTO_TEST_CASE(has_an_id_of_its_own_even_without_a_number_and_for_two_contacts_with_one)
{
    const auto send_without_number = [&](const std::string& contact, const std::string& text) {
        codec::Callback callback;
        callback.at = seconds();
        codec::ContactMessage message;
        message.content.text = text;
        callback.what = std::move(message);
        applies(contact, std::move(callback));
    };
    send_without_number("lily", "One");
    send_without_number("lily", "Two");
    send_without_number("lily", "Two");
    contact_writes("lily", "Three", 77);
    contact_writes("tom", "Three", 77);
    idle();

    std::set<std::string> ids;
    int messages = 0;
    for (const auto& item : host.items) {
        ids.insert(item.id);
        messages += item.kind == channel::ItemKind::message ? 1 : 0;
    }
    BOOST_TEST(messages == 4);
    BOOST_TEST(ids.size() == host.items.size());
}

BOOST_AUTO_TEST_CASE(of_a_customer_who_is_not_served_is_refused)
{
    serve(false);
    std::optional<errc> told;
    engine->submit({harbour_bank, OpenId{"lily"}}, {}, seconds(), [&](const Result<Applied>& result) {
        told = result.error().code;
    });
    idle();

    BOOST_TEST((told == errc::unknown_customer));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_host_that_is_busy, AnEngine)

BOOST_AUTO_TEST_CASE(is_asked_again_after_its_pause_in_order_while_others_go_on)
{
    bool is_busy = true;
    int refusals = 0;
    host.on_hand_over = [&](const std::string& contact, const std::string&) -> channel::Outcome {
        if (contact != "lily" || !is_busy)
            return {};
        ++refusals;
        return {.status = channel::Status::busy, .retry_after = 5s};
    };
    contact_writes("lily", "One");
    contact_writes("lily", "Two");
    contact_writes("tom", "Hello");
    pass(4999ms);
    BOOST_TEST(refusals == 1);
    BOOST_TEST(happened("tom").size() == 3U);

    is_busy = false;
    pass(1ms);
    BOOST_TEST(
        happened() == (Happened{"message One", "notice welcome", "message Two", "echo welcome"}),
        per_element()
    );
}

BOOST_AUTO_TEST_CASE(may_say_so_later_too)
{
    host.settles = false;
    contact_writes("lily", "One");
    idle();
    BOOST_TEST(happened() == Happened{"message One"}, per_element());
    engine->settle(host.open.at(0), {.status = channel::Status::unavailable, .retry_after = 2s});
    host.settles = true;
    pass(1999ms);
    BOOST_TEST(happened().empty());

    pass(1ms);
    BOOST_TEST(happened() == (Happened{"message One", "notice welcome", "echo welcome"}), per_element());
}

BOOST_AUTO_TEST_CASE(gets_one_at_a_time_of_each_conversation)
{
    host.settles = false;
    contact_writes("lily", "One");
    contact_writes("lily", "Two");
    contact_writes("tom", "Hello");
    idle();

    BOOST_TEST(happened("lily") == Happened{"message One"}, per_element());
    BOOST_TEST(happened("tom") == Happened{"message Hello"}, per_element());
    BOOST_TEST(engine->host_pump().open() == 2U);
    BOOST_TEST(busy.count() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_host_that_refuses, AnEngine)

BOOST_AUTO_TEST_CASE(is_not_asked_again)
{
    host.on_hand_over = [](const std::string&, const std::string& what) -> channel::Outcome {
        return {.status = what.starts_with("message") ? channel::Status::refused : channel::Status::ok};
    };
    contact_writes("lily", "One");
    contact_writes("lily", "Two");
    idle();
    BOOST_TEST(happened() == (Happened{"notice welcome", "echo welcome"}), per_element());

    host.on_hand_over = nullptr;
    restart();
    idle();
    BOOST_TEST(happened().empty());
    BOOST_TEST(store->counts().outbox_to_host == 0);
}

BOOST_AUTO_TEST_CASE(everything_at_once_is_asked_about_everything_once)
{
    host.settles = false;
    for (int i = 0; i < 5000; ++i)
        contact_writes("lily", "Hello");
    idle();
    int refused = 0;
    host.on_hand_over = [&](const std::string&, const std::string&) -> channel::Outcome {
        ++refused;
        return {.status = channel::Status::refused};
    };
    const auto waiting = engine->host_pump().waiting();
    engine->settle(host.open.at(0), {.status = channel::Status::refused});
    idle();

    BOOST_TEST(refused == static_cast<int>(waiting) - 1);
    BOOST_TEST(engine->host_pump().waiting() == 0U);
    BOOST_TEST(store->counts().outbox_to_host == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(after_a_restart, AnEngine)

BOOST_AUTO_TEST_CASE(what_was_not_settled_comes_again_under_the_same_id)
{
    contact_writes("lily", "One");
    idle();
    (void)happened();
    host.settles = false;
    contact_writes("lily", "Two");
    employee_sends("lily", "m1", "Hi");
    idle();
    BOOST_TEST(happened() == Happened{"message Two"}, per_element());
    const auto id = host.items.back().id;
    host.settles = true;

    restart();
    idle();

    // Whoever has never been a participant is refused; the report waited behind the message.
    BOOST_TEST(happened() == (Happened{"message Two", "m1: refused, not_a_participant"}), per_element());
    BOOST_TEST(host.items.back().id == id);
    restart();
    idle();
    BOOST_TEST(happened().empty());
}

BOOST_AUTO_TEST_CASE(notices_keep_their_ids_too)
{
    host.on_hand_over = [](const std::string&, const std::string& what) -> channel::Outcome {
        return {
            .status = what.starts_with("notice") ? channel::Status::busy : channel::Status::ok,
            .retry_after = 1h};
    };
    contact_writes("lily", "One");
    idle();
    const auto notice = host.items.back();
    BOOST_TEST(notice.name == "welcome");
    host.on_hand_over = nullptr;

    restart();
    idle();

    const auto again =
        std::ranges::find(host.items.rbegin(), host.items.rend(), notice.id, &channel::Item::id);
    BOOST_TEST((again.base() == host.items.end() - 1));  // only the echo comes behind it
}

BOOST_AUTO_TEST_SUITE_END()
