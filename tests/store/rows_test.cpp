#include "store/an_open_store.hpp"
#include "store/rows.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::store;
using namespace std::chrono_literals;

namespace {

// Every member differs from its default: one that is forgotten in rows.cpp does not come back.
policy::Message full_message(const std::string& id)
{
    return {
        .id = ClientId{id},
        .sender = Employee{"ana"},
        .kind = Kind::image,
        .bytes = 17,
        .accepted = noon,
        .unfit = policy::Reason::file_too_large,
        .unfit_words = "the limit is 1 byte",
    };
}

policy::Outgoing full_outgoing()
{
    return {
        .messages = {full_message("m1"), full_message("m2")},
        .automatic = texts::ContactText::left,
        .text = "Bye \"you\" \xE4\xBD\xA0\n",
        .tells_of = {Employee{"ana"}, Employee{"ben"}},
        .attempt = 9,
        .window = 4,
        .started = true,
        .sent_again = true,
        .not_after = noon + 60s,
    };
}

policy::Conversation full_conversation()
{
    policy::Conversation c;
    c.phase = policy::Phase::left;
    c.window = 4;
    c.last_message = noon;
    c.closed_by_wechat = true;
    c.refused_for_slots = true;
    c.slots_used = 5;
    c.employee_sent = 3;
    c.employee_reached = true;
    c.announced = true;
    c.prompted = true;
    c.reminded = true;
    c.told_limit = true;
    c.told_queued = true;
    c.told_inactive = true;
    c.participants = {Employee{"ana"}, Employee{"ben"}};
    c.told_participants = {Employee{"ana"}};
    c.participants_settled = true;
    c.outgoing = {full_outgoing(), {}};
    c.queue = {full_message("m3"), {}};
    c.attempts = std::numeric_limits<std::int64_t>::max();
    return c;
}

// How many members an aggregate has: a new one must find its way into rows.cpp and into the full values above.
struct Anything {
    template <class T>
    operator T() const;  // NOLINT: it stands for every member
};
template <class T, class... Members>
consteval std::size_t members_of()
{
    if constexpr (requires { T{Members{}..., Anything{}}; })
        return members_of<T, Members..., Anything>();
    else
        return sizeof...(Members);
}
static_assert(members_of<policy::Conversation>() == 20);
static_assert(members_of<policy::Outgoing>() == 9);
static_assert(members_of<policy::Message>() == 7);
static_assert(members_of<policy::Report>() == 7);
static_assert(members_of<policy::Send>() == 5);
static_assert(members_of<Content>() == 7);
static_assert(members_of<Item>() == 6);
static_assert(members_of<store::Report>() == 3);
static_assert(members_of<Fetch>() == 3);

Content full_content()
{
    Content content;
    content.kind = Kind::video;
    content.text = "A caption";
    content.path = "/spool/1";
    content.mime = "video/mp4";
    content.name = "film";
    content.bytes = 1U << 31U;
    content.data = {{"media_id", "x"}, {"", ""}};
    return content;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rows)

BOOST_AUTO_TEST_CASE(a_conversation_comes_back_with_every_member)
{
    const auto written = full_conversation();

    BOOST_TEST((read_conversation(to_row(written)).value() == written));
    BOOST_TEST((read_conversation(to_row(policy::Conversation{})).value() == policy::Conversation{}));
}

BOOST_FIXTURE_TEST_CASE(so_it_does_through_the_store, AnOpenStore)
{
    save(lily, full_conversation(), noon);
    reopen();

    BOOST_TEST((load(lily) == full_conversation()));
    BOOST_TEST((store->peek(lily).value() == full_conversation()));
}

BOOST_AUTO_TEST_CASE(content_comes_back_with_every_member)
{
    BOOST_TEST((read_content(to_row(full_content())).value() == full_content()));
}

BOOST_AUTO_TEST_CASE(whatever_a_person_writes_comes_back)
{
    for (const auto& text :
         {std::string{"\"quoted\" and \\ back"},
          std::string{"two\nlines\ttab"},
          std::string{"a\x01\x1f\x7f"},
          std::string{"a\0b", 3},
          std::string{"你好 😂 \xE2\x80\xA8"},
          std::string{"]}</script>"}}) {
        Content content{.text = text, .data = {{text, text}}};

        BOOST_TEST((read_content(to_row(content)).value() == content), text);
    }
}

BOOST_AUTO_TEST_CASE(rows_are_json_as_an_operator_reads_it)
{
    policy::Conversation conversation;
    conversation.phase = policy::Phase::open;
    conversation.last_message = noon;
    conversation.announced = true;
    conversation.participants = {Employee{"ana"}, Employee{"b\"en"}};
    conversation.queue = {{.id = ClientId{"m1"}}};

    BOOST_TEST(
        to_row(conversation)
        == R"({"phase":1,"last_message":1700000000,"announced":true,"participants":["ana","b\"en"],"queue":[{"id":"m1"}]})"
    );
}

BOOST_AUTO_TEST_CASE(only_a_report_s_row_is_one)
{
    BOOST_TEST(is_report(to_row(Payload{store::Report{}})));
    BOOST_TEST(!is_report(to_row(Payload{Item{}})));
    BOOST_TEST(!is_report(to_row(Payload{policy::Send{}})));
}

BOOST_AUTO_TEST_CASE(an_item_comes_back_with_every_member)
{
    const Item item{
        .kind = 3,
        .id = "i1",
        .happened = noon,
        .name = "queued",
        .content = full_content(),
        .data = {{"scene", "desk-12"}},
    };

    BOOST_TEST((std::get<Item>(read_payload(to_row(Payload{item})).value()) == item));
}

BOOST_AUTO_TEST_CASE(a_fetch_comes_back_with_its_content)
{
    const Fetch fetch{.item = "1-2", .content = full_content(), .since = noon};

    BOOST_TEST((std::get<Fetch>(read_payload(to_row(Payload{fetch})).value()) == fetch));
    BOOST_TEST((direction_of(Payload{fetch}) == Direction::from_platform));
}

BOOST_AUTO_TEST_CASE(a_report_comes_back_with_every_member)
{
    store::Report written;
    written.report = {
        .id = ClientId{"m1"},
        .state = policy::State::failed,
        .reason = policy::Reason::queue_full,
        .position = 2,
        .errcode = -1,
        .words = "system busy",
        .rid = "6-7-8",
    };
    written.revision = 4;
    written.happened = noon;

    const auto read = std::get<store::Report>(read_payload(to_row(Payload{written})).value());
    BOOST_TEST((read.report.id == written.report.id));
    BOOST_TEST((read.report.state == written.report.state));
    BOOST_TEST((read.report.reason == written.report.reason));
    BOOST_TEST(read.report.position == 2U);
    BOOST_TEST(read.report.errcode == -1);
    BOOST_TEST(read.report.words == "system busy");
    BOOST_TEST(read.report.rid == "6-7-8");
    BOOST_TEST(read.revision == 4U);
    BOOST_TEST((read.happened == noon));
}

BOOST_AUTO_TEST_CASE(a_send_comes_back_with_every_member)
{
    policy::Send written;
    written.attempt = 7;
    written.messages = {ClientId{"m1"}, ClientId{"m2"}};
    written.prefix = "ana: ";
    written.text = "Hello";
    written.automatic = texts::ContactText::follow_prompt;  // 0: must not be taken for none

    const auto read = std::get<policy::Send>(read_payload(to_row(Payload{written})).value());
    BOOST_TEST(read.attempt == 7U);
    BOOST_TEST((read.messages == written.messages));
    BOOST_TEST(read.prefix == "ana: ");
    BOOST_TEST(read.text == "Hello");
    BOOST_TEST((read.automatic == texts::ContactText::follow_prompt));
}

BOOST_AUTO_TEST_CASE(defaults_are_left_out)
{
    policy::Conversation conversation;
    BOOST_TEST(to_row(conversation) == "{}");
    conversation.slots_used = 2;
    BOOST_TEST(to_row(conversation) == R"({"slots_used":2})");
}

BOOST_AUTO_TEST_CASE(members_of_a_later_version_are_ignored)
{
    const auto read =
        read_conversation(R"({"slots_used":2,"mood":{"deep":[1,2]},"queue":[{"id":"m","new":1}]})");

    BOOST_TEST(read.value().slots_used == 2);
    BOOST_TEST((read.value().queue.at(0).id == ClientId{"m"}));
}

BOOST_AUTO_TEST_CASE(what_we_have_not_written_is_a_broken_store)
{
    for (const auto* row : {"", "[]", "{", R"({"slots_used":"two"})", R"({"queue":[1]})", "{\"phase\":1.5}"})
        BOOST_TEST((read_conversation(row).error().code == errc::store_broken), row);
    BOOST_TEST((read_payload("{}").error().code == errc::store_broken));
}

BOOST_AUTO_TEST_SUITE_END()
