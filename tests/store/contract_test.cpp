#include "store/an_open_store.hpp"

#include <boost/test/unit_test.hpp>

#include <future>

using namespace wechat;
using namespace wechat::store;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using boost::unit_test::label;

namespace {

using Numbers = std::vector<std::int64_t>;

Report report_of(const std::string& id, policy::State state, std::uint64_t revision)
{
    Report report;
    report.report.id = ClientId{id};
    report.report.state = state;
    report.revision = revision;
    report.happened = noon;
    return report;
}

// Holds the writer inside a transaction until it goes, so that what is handed over meanwhile must wait.
class HeldWriter {
public:
    explicit HeldWriter(Store& store)
    {
        auto hold = [inside = &inside_, go_on = go_on_.get_future().share()](Unit&) {
            inside->set_value();
            go_on.wait();
        };
        store.run(tom, hold, {});
        inside_.get_future().wait();
    }
    HeldWriter(const HeldWriter&) = delete;
    HeldWriter& operator=(const HeldWriter&) = delete;
    ~HeldWriter() { go_on_.set_value(); }

private:
    std::promise<void> inside_, go_on_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(events_of_the_platform, AnOpenStore)

BOOST_AUTO_TEST_CASE(an_event_is_new_once)
{
    BOOST_TEST(sees(lily, 7, noon));
    BOOST_TEST(!sees(lily, 7, noon + 5s));
}

BOOST_AUTO_TEST_CASE(the_same_number_of_another_contact_or_account_is_another_event)
{
    BOOST_TEST(sees(lily, 7, noon));

    BOOST_TEST(sees(tom, 7, noon));
    BOOST_TEST(sees({AppId{"wx02"}, lily.contact}, 7, noon));
}

BOOST_AUTO_TEST_CASE(numbers_use_all_64_bits)
{
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();

    BOOST_TEST(sees(lily, lowest, noon));
    BOOST_TEST(sees(lily, std::numeric_limits<std::int64_t>::max(), noon));
    BOOST_TEST(!sees(lily, lowest, noon));
}

BOOST_AUTO_TEST_CASE(an_event_is_remembered_for_7_days)
{
    BOOST_TEST(sees(lily, 7, noon));

    BOOST_TEST(forget(noon + 168h).has_value());
    BOOST_TEST(!sees(lily, 7, noon + 168h));
    BOOST_TEST(forget(noon + 168h + 1s).has_value());
    BOOST_TEST(sees(lily, 7, noon + 168h + 1s));
}

BOOST_AUTO_TEST_CASE(all_that_is_old_is_forgotten_however_much_it_is)
{
    const auto see_many = [](Unit& unit) {
        for (int event = 0; event < 3000; ++event)
            (void)unit.first_sight_of(event, noon);
    };
    BOOST_TEST(run(lily, see_many).has_value());

    BOOST_TEST(forget(noon + 200h).has_value());

    int seen_again = 0;
    const auto look = [&](Unit& unit) {
        seen_again = 0;
        for (int event = 0; event < 3000; ++event)
            seen_again += unit.first_sight_of(event, noon + 200h) ? 0 : 1;
    };
    BOOST_TEST(run(lily, look).has_value());
    BOOST_TEST(seen_again == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(conversations, AnOpenStore)

BOOST_AUTO_TEST_CASE(one_that_nobody_knows_is_new_and_empty)
{
    BOOST_TEST((store->peek(lily).value() == std::nullopt));
    BOOST_TEST((load(lily) == policy::Conversation{}));
}

BOOST_AUTO_TEST_CASE(it_has_one_number_for_good)
{
    Numbers numbers;
    const auto ask = [&](Unit& unit) { numbers.push_back(unit.conversation()); };
    BOOST_TEST(run(lily, ask).has_value());
    BOOST_TEST(run(tom, ask).has_value());
    reopen();
    BOOST_TEST(run(lily, ask).has_value());

    BOOST_TEST(numbers.at(0) == numbers.at(2));
    BOOST_TEST(numbers.at(0) != numbers.at(1));
}

BOOST_AUTO_TEST_CASE(those_that_are_due_come_earliest_first, *label("R8"))
{
    const Key ben{AppId{"wx02"}, OpenId{"o-ben"}};
    save(lily, {}, noon + 20s);
    save(tom, {}, noon + 10s);
    save(ben, {}, noon + 30s);

    const std::vector<Key> two{tom, lily};
    BOOST_TEST((store->due_until(noon + 20s, 10).value() == two));
    BOOST_TEST((store->due_until(noon + 30s, 1).value() == std::vector<Key>{tom}));
    BOOST_TEST(store->due_until(noon + 9s, 10).value().empty());
    BOOST_TEST((store->next_due().value() == noon + 10s));
}

BOOST_AUTO_TEST_CASE(one_without_a_moment_is_never_due)
{
    save(lily, {}, noon);
    save(lily, {}, std::nullopt);

    BOOST_TEST(store->due_until(noon + 1000h, 10).value().empty());
    BOOST_TEST((store->next_due().value() == std::nullopt));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(messages_of_employees, AnOpenStore)

BOOST_AUTO_TEST_CASE(one_is_found_whole_by_its_id, *label("S8"))
{
    auto message = message_of("m1", policy::State::queued);
    message.content.data["json"] = "{}";
    message.state.reason = policy::Reason::on_hold;
    message.state.position = 3;
    message.revision = 2;
    put(lily, message);

    const auto found = this->message(ClientId{"m1"}).value();
    BOOST_TEST((found.content == message.content));
    BOOST_TEST((found.sender == message.sender));
    BOOST_TEST((found.state.state == policy::State::queued));
    BOOST_TEST((found.state.reason == policy::Reason::on_hold));
    BOOST_TEST(found.state.position == 3U);
    BOOST_TEST(found.revision == 2U);
    BOOST_TEST((found.changed == noon));
    BOOST_TEST((store->find_message(ClientId{"m1"}).value() == lily));
}

BOOST_AUTO_TEST_CASE(an_unknown_one_is_nowhere)
{
    BOOST_TEST(!message(ClientId{"m1"}).has_value());
    BOOST_TEST((store->find_message(ClientId{"m1"}).value() == std::nullopt));
}

BOOST_AUTO_TEST_CASE(an_id_is_known_in_other_conversations_too_and_stays_where_it_was, *label("S8"))
{
    put(lily, message_of("m1"));
    bool known = false;
    const auto look = [&](Unit& unit) {
        known = unit.message(ClientId{"m1"}).has_value();
        unit.put(message_of("m1", policy::State::sent));
    };
    BOOST_TEST(run(tom, look).has_value());

    BOOST_TEST(known);
    BOOST_TEST((store->find_message(ClientId{"m1"}).value() == lily));
}

BOOST_AUTO_TEST_CASE(it_is_kept_for_7_days_after_its_last_state_was_settled)
{
    put(lily, message_of("m1", policy::State::sent));
    const auto row = append(lily, report_of("m1", policy::State::sent, 1));
    BOOST_TEST(forget(noon + 1000h).has_value());
    BOOST_TEST(message(ClientId{"m1"}).has_value());  // nobody has settled it

    BOOST_TEST(settle({row}, noon).has_value());

    BOOST_TEST(forget(noon + 168h).has_value());
    BOOST_TEST(message(ClientId{"m1"}).has_value());
    BOOST_TEST(forget(noon + 168h + 1s).has_value());
    BOOST_TEST(!message(ClientId{"m1"}).has_value());
}

BOOST_AUTO_TEST_CASE(a_state_before_the_last_starts_no_clock)
{
    put(lily, message_of("m1", policy::State::queued));
    const auto row = append(lily, report_of("m1", policy::State::queued, 1));

    BOOST_TEST(settle({row}, noon).has_value());

    BOOST_TEST(forget(noon + 1000h).has_value());
    BOOST_TEST(message(ClientId{"m1"}).has_value());
}

BOOST_AUTO_TEST_CASE(an_older_report_that_is_settled_late_starts_no_clock_either)
{
    auto message = message_of("m1", policy::State::uncertain);
    put(lily, message);
    const auto first = append(lily, report_of("m1", policy::State::uncertain, 1));
    message.state.state = policy::State::sent;
    message.revision = 2;
    put(lily, message);

    BOOST_TEST(settle({first}, noon).has_value());

    BOOST_TEST(forget(noon + 1000h).has_value());
    BOOST_TEST(this->message(ClientId{"m1"}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(the_outbox, AnOpenStore)

BOOST_AUTO_TEST_CASE(rows_come_in_the_order_in_which_they_were_appended, *label("S7"))
{
    Numbers appended;
    for (const auto* key : {&lily, &tom, &lily})
        appended.push_back(append(*key, item_of("i")));

    Numbers found;
    for (const auto& row : store->rows_after(0, 10).value())
        found.push_back(row.id);
    BOOST_TEST(found == appended, per_element());
    BOOST_TEST(store->rows_after(appended[0], 1).value().at(0).id == appended[1]);
    BOOST_TEST(store->rows_after(appended[2], 10).value().empty());
}

BOOST_AUTO_TEST_CASE(a_row_knows_whose_it_is_and_what)
{
    const auto row = append(lily, item_of("i1"));

    const auto found = store->row(row).value().value();
    BOOST_TEST((found.key == lily));
    BOOST_TEST((std::get<Item>(found.payload) == item_of("i1")));
    BOOST_TEST(!found.started);
    BOOST_TEST((store->row(row + 1).value().has_value()) == false);
}

BOOST_AUTO_TEST_CASE(a_started_row_says_so_until_it_is_put_off, *label("A7"))
{
    const auto row = append(lily, policy::Send{.attempt = 1});
    BOOST_TEST(run(lily, [&](Unit& unit) { unit.set_started(row, true); }).has_value());
    BOOST_TEST(store->row(row).value()->started);

    BOOST_TEST(run(lily, [&](Unit& unit) { unit.set_started(row, false); }).has_value());
    BOOST_TEST(!store->row(row).value()->started);
}

BOOST_AUTO_TEST_CASE(what_is_settled_or_removed_is_gone_and_may_be_settled_again)
{
    const auto one = append(lily, item_of("i1"));
    const auto two = append(lily, item_of("i2"));
    const auto three = append(lily, item_of("i3"));

    BOOST_TEST(settle({one, three}, noon).has_value());
    BOOST_TEST(run(lily, [&](Unit& unit) { unit.remove(two); }).has_value());
    BOOST_TEST(settle({one, two, three}, noon).has_value());

    BOOST_TEST(row_numbers().empty());
}

BOOST_AUTO_TEST_CASE(a_number_is_never_used_again)
{
    const auto last = append(lily, item_of("i1"));
    BOOST_TEST(settle({last}, noon).has_value());
    reopen();

    BOOST_TEST(append(lily, item_of("i2")) > last);
}

BOOST_AUTO_TEST_CASE(counts_tell_the_directions_apart)
{
    append(lily, item_of("i1"));
    append(tom, policy::Send{.attempt = 1});
    append(tom, report_of("m1", policy::State::sent, 1));

    const auto counts = store->counts();
    BOOST_TEST(counts.conversations == 2);
    BOOST_TEST(counts.outbox_to_host == 2);
    BOOST_TEST(counts.outbox_to_platform == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(commits, AnOpenStore)

BOOST_AUTO_TEST_CASE(what_waits_shares_one)
{
    int told = 0;
    const auto before = store->counts();
    {
        const HeldWriter held{*store};
        for (int i = 0; i < 100; ++i)
            store->run(
                lily,
                [](Unit& unit) { unit.append(item_of("i")); },
                [&](const Result<void>& result) { told += result ? 1 : 0; }
            );
    }
    BOOST_TEST_REQUIRE(answers.until([&] { return told == 100; }));

    const auto after = store->counts();
    BOOST_TEST(after.transactions - before.transactions == 101);
    BOOST_TEST(after.commits - before.commits == 2);
    BOOST_TEST(row_numbers().size() == 100U);
}

BOOST_AUTO_TEST_CASE(their_answers_come_in_their_order)
{
    std::vector<int> told;
    for (int i = 0; i < 600; ++i)
        store->run(
            i % 2 == 0 ? lily : tom, [](Unit&) {}, [&told, i](const Result<void>&) { told.push_back(i); }
        );
    BOOST_TEST_REQUIRE(answers.until([&] { return told.size() == 600; }));

    BOOST_TEST(std::ranges::is_sorted(told));
}

BOOST_AUTO_TEST_CASE(a_bad_unit_harms_none_of_its_neighbours)
{
    std::vector<std::string> told;
    const auto run_named = [&](const std::string& name, const Work& work) {
        store->run(lily, work, [&told, name](const Result<void>& result) {
            told.push_back(name + (result ? ": done" : ": " + std::string{name_of(result.error().code)}));
        });
    };
    {
        const HeldWriter held{*store};
        run_named("one", [](Unit& unit) { unit.append(item_of("one")); });
        run_named("bad", [](Unit& unit) {
            unit.append(item_of("bad"));
            throw std::runtime_error("a fault of ours");
        });
        run_named("two", [](Unit& unit) { unit.append(item_of("two")); });
    }
    BOOST_TEST_REQUIRE(answers.until([&] { return told.size() == 3; }));

    const std::vector<std::string> expected{"one: done", "bad: store_broken", "two: done"};
    BOOST_TEST(told == expected, per_element());
    std::vector<std::string> rows;
    for (const auto& row : store->rows_after(0, 10).value())
        rows.push_back(std::get<Item>(row.payload).id);
    BOOST_TEST(rows == (std::vector<std::string>{"one", "two"}), per_element());
}

BOOST_AUTO_TEST_CASE(a_new_conversation_of_a_bad_unit_is_made_anew_by_the_next)
{
    const Key new_one{AppId{"wx09"}, OpenId{"o-new"}};
    const auto bad = [](Unit&) { throw std::runtime_error("a fault of ours"); };
    BOOST_TEST(!run(new_one, bad).has_value());
    BOOST_TEST((store->peek(new_one).value() == std::nullopt));

    BOOST_TEST(sees(new_one, 1, noon));
    BOOST_TEST(store->peek(new_one).value().has_value());
}

BOOST_AUTO_TEST_CASE(readers_see_what_was_told_done_at_once)
{
    for (int i = 1; i <= 50; ++i) {
        policy::Conversation conversation;
        conversation.slots_used = i;
        save(lily, conversation, noon + std::chrono::seconds{i});
        BOOST_TEST(store->peek(lily).value()->slots_used == i);
        BOOST_TEST((store->next_due().value() == noon + std::chrono::seconds{i}));
    }
}

BOOST_AUTO_TEST_CASE(readers_do_not_wait_for_the_writer_and_see_nothing_half_done)
{
    append(lily, item_of("i1"));
    std::promise<void> inside, go_on;
    store->run(
        lily,
        [&](Unit& unit) {
            unit.append(item_of("i2"));
            inside.set_value();
            go_on.get_future().wait();
        },
        {}
    );
    inside.get_future().wait();

    BOOST_TEST(row_numbers().size() == 1U);
    go_on.set_value();
    store->flush();
    BOOST_TEST(row_numbers().size() == 2U);
}

BOOST_AUTO_TEST_CASE(flush_waits_for_all_that_was_handed_over)
{
    for (int i = 0; i < 1000; ++i)
        store->run(lily, [](Unit& unit) { unit.append(item_of("i")); }, {});
    store->flush();

    BOOST_TEST(row_numbers().size() == 1000U);
}

BOOST_AUTO_TEST_CASE(closing_writes_what_still_waits)
{
    for (int i = 0; i < 1000; ++i)
        store->run(lily, [](Unit& unit) { unit.append(item_of("i")); }, {});
    reopen();

    BOOST_TEST(row_numbers().size() == 1000U);
}

BOOST_AUTO_TEST_SUITE_END()
