// What channels bring: kept once, in order, shown to the right people.
#include "stage.hpp"

#include <fstream>

namespace {

using namespace host;
using namespace host::test;
using boost::test_tools::per_element;
using channel::ItemKind;

struct Running : Stage {
    Running() { start(); }
};

BOOST_AUTO_TEST_SUITE(an_item)

BOOST_FIXTURE_TEST_CASE(is_settled_once_it_is_durable, Running)
{
    contact_says("i1", "Hello");

    BOOST_TEST(puppet().outcomes == Words{"ok"}, per_element());
    BOOST_TEST(texts() == Words{"Hello"}, per_element());
}

BOOST_FIXTURE_TEST_CASE(offered_again_is_settled_and_shown_once, Running, *boost::unit_test::label("R3"))
{
    contact_says("i1", "Hello");
    contact_says("i1", "Hello");
    restart();
    contact_says("i1", "Hello");

    BOOST_TEST(texts() == Words{"Hello"}, per_element());
    BOOST_TEST(puppet().outcomes == Words{"ok"}, per_element());
    BOOST_TEST(present().unread == 1);
}

BOOST_FIXTURE_TEST_CASE(keeps_its_order_and_its_conversation, Running)
{
    for (const auto* id : {"1", "2", "3"}) {
        contact_says("kim" + std::string{id}, id);
        contact_says("lee" + std::string{id}, id, "lee");
    }

    BOOST_TEST(texts() == (Words{"1", "2", "3"}), per_element());
    BOOST_TEST(texts("lee") == (Words{"1", "2", "3"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(of_every_kind_is_kept_with_who_said_it_to_whom, Running)
{
    puppet().tells(ItemKind::event, "e1", "followed", R"({"scene":"x"})");
    settle();
    contact_says("i1", "Hello");
    puppet().tells(ItemKind::notice, "n1", "limit_reached");
    settle();
    puppet().tells(ItemKind::echo, "c1", "welcome");
    settle();
    puppet().tells(static_cast<ItemKind>(99), "u1", "");
    settle();

    const auto all = reader().messages(conversation(), 0, 100);
    BOOST_REQUIRE(all.size() == 5U);
    BOOST_TEST((all[0].kind == "event" && all[0].from == Author::contact));
    BOOST_TEST((all[2].kind == "auto" && all[2].from == Author::channel_to_employees));
    BOOST_TEST((all[3].kind == "auto" && all[3].from == Author::channel_to_contact));
    BOOST_TEST(present().state == "limit_reached");
    BOOST_TEST(puppet().outcomes == (Words{"ok", "ok", "ok", "ok", "ok"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(with_a_file_is_kept_with_its_file, Running)
{
    const auto given = folder.path() / "given.jpg";
    std::ofstream{given} << "picture";
    channel::Item item{.id = "i1", .account = "bank", .contact = "kim", .happened = host->now()};
    item.content.emplace();
    item.content->kind = "image";
    item.content->path = given.string();
    puppet().offer(item);
    settle();
    std::filesystem::remove(given);

    const auto message = reader().messages(conversation(), 0, 1).front();
    std::ifstream kept{config.media / message.media};
    std::string text;
    kept >> text;
    BOOST_TEST(text == "picture");
    BOOST_TEST(message.kind == "image");
}

BOOST_FIXTURE_TEST_CASE(whose_file_is_gone_is_kept_without_it, Running)
{
    channel::Item item{.id = "i1", .account = "bank", .contact = "kim", .happened = host->now()};
    item.content.emplace();
    item.content->kind = "image";
    item.content->text = "a picture";
    item.content->path = (folder.path() / "gone.jpg").string();
    puppet().offer(item);
    settle();

    BOOST_TEST(puppet().outcomes == Words{"ok"}, per_element());
    BOOST_TEST(texts() == Words{"a picture"}, per_element());
}

BOOST_FIXTURE_TEST_CASE(that_the_disk_has_no_room_for_is_not_settled_as_kept, Running)
{
    const auto given = folder.path() / "given.jpg";
    std::ofstream{given} << "picture";
    std::ofstream{config.media} << "a file where the folder should be";
    channel::Item item{.id = "i1", .account = "bank", .contact = "kim", .happened = host->now()};
    item.content.emplace();
    item.content->kind = "image";
    item.content->path = given.string();
    puppet().offer(item);
    contact_says("i2", "Hi", "lee");

    BOOST_TEST(puppet().outcomes == (Words{"other", "ok"}), per_element());
    BOOST_TEST(!reader().find("one", "bank", "kim").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_conversation)

BOOST_FIXTURE_TEST_CASE(
    that_opens_gets_the_customers_desk_and_the_channel_is_told, Running, *boost::unit_test::label("O4")
)
{
    contact_says("i1", "Hello");

    BOOST_TEST(present().participants == Employees{"ana"}, per_element());
    BOOST_TEST(puppet().calls == Words{"participants ana"}, per_element());
    BOOST_TEST(present().participants_due == 0);
}

BOOST_FIXTURE_TEST_CASE(that_opens_after_a_scan_gets_those_of_the_scene, Running)
{
    puppet().tells(ItemKind::event, "e1", "scanned", R"({"scene":"desk-12"})");
    settle();
    BOOST_TEST(puppet().calls.empty());
    contact_says("i1", "Hello");

    BOOST_TEST(puppet().calls == Words{"participants ben,cem"}, per_element());
}

BOOST_FIXTURE_TEST_CASE(that_is_open_keeps_its_participants, Running)
{
    contact_says("i1", "Hello");
    host->set_participants(conversation(), {"dan"}, [](const auto&) {});
    settle();
    contact_says("i2", "Hello again");

    BOOST_TEST(puppet().calls == (Words{"participants ana", "participants dan"}), per_element());
    BOOST_TEST(present().participants == Employees{"dan"}, per_element());
}

BOOST_FIXTURE_TEST_CASE(
    that_the_contact_left_opens_anew_with_his_next_message, Running, *boost::unit_test::label("L2")
)
{
    contact_says("i1", "Hello");
    host->set_participants(conversation(), {"dan"}, [](const auto&) {});
    settle();
    puppet().tells(ItemKind::notice, "n1", "contact_left");
    settle();
    BOOST_TEST(present().state == "contact_left");
    contact_says("i2", "Back");

    BOOST_TEST(present().participants == Employees{"ana"}, per_element());
    BOOST_TEST(puppet().calls.back() == "participants ana");
}

BOOST_FIXTURE_TEST_CASE(counts_what_no_employee_has_answered, Running)
{
    contact_says("i1", "One");
    contact_says("i2", "Two");
    BOOST_TEST(present().unread == 2);
    employee_sends("m1");
    BOOST_TEST(present().unread == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
