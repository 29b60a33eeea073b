// Whom an invitation leads to, and how long it is remembered: on a clock that stands still.
#include "inviter.hpp"
#include "stage.hpp"

#include <sqlite3.h>

#include <future>

namespace {

using namespace host;
using namespace host::test;
using boost::test_tools::per_element;

struct Inviting : Stage {
    Inviting()
    {
        config.channels = {{.id = "one", .library = {}, .linked = &channel::plugin_table<Inviter>}};
        start();
    }

    Inviter& inviter() { return Inviter::named("one"); }

    std::variant<Invited, Problem> invite(InvitationDraft draft)
    {
        std::optional<std::variant<Invited, Problem>> result;
        host->invite(std::move(draft), [&](const auto& answer) { result = answer; });
        settle();
        BOOST_REQUIRE(result.has_value());
        return *result;
    }

    /// An invitation of ana's, ben's ...; its scene.
    std::string invited_by(const std::string& employee, channel::Milliseconds lifetime = {})
    {
        const auto result =
            invite({.channel = "one", .customer = "bank", .employees = {employee}, .lifetime = lifetime});
        return std::get<Invited>(result).invitation.scene;
    }

    void scans(const std::string& scene, const std::string& id, const std::string& name = "scanned")
    {
        puppet().tells(channel::ItemKind::event, id, name, R"({"scene":")" + scene + R"("})");
        settle();
    }

    void participants_are(const Employees& employees)
    {
        std::promise<void> kept;
        host->set_participants(conversation(), employees, [&](const auto&) { kept.set_value(); });
        kept.get_future().wait();
        settle();
    }
};

const InvitationDraft of_desk_12{.channel = "one", .customer = "bank", .scene = "desk-12"};

}  // namespace

BOOST_AUTO_TEST_SUITE(an_invitation)

BOOST_FIXTURE_TEST_CASE(leads_the_contact_to_its_employee, Inviting, *boost::unit_test::label("O4"))
{
    scans(invited_by("dora"), "e1", "followed");
    contact_says("i1", "Hello");

    BOOST_TEST(present().participants == Employees{"dora"}, per_element());
    BOOST_TEST(inviter().calls == Words{"participants dora"}, per_element());
}

BOOST_FIXTURE_TEST_CASE(of_a_desk_leads_where_the_routing_says, Inviting, *boost::unit_test::label("O4"))
{
    const auto made = std::get<Invited>(invite(of_desk_12)).invitation;
    BOOST_TEST(made.scene == "desk-12");
    BOOST_TEST(made.employees.empty());

    scans(made.scene, "e1");
    contact_says("i1", "Hello");

    BOOST_TEST(present().participants == (Employees{"ben", "cem"}), per_element());
}

BOOST_FIXTURE_TEST_CASE(with_a_scene_that_nobody_knows_decides_nothing, Inviting)
{
    scans("poster-7", "e1");
    contact_says("i1", "Hello");

    BOOST_TEST(present().participants == Employees{"ana"}, per_element());  // the customer's desk
}

BOOST_FIXTURE_TEST_CASE(of_another_customer_decides_nothing_here, Inviting)
{
    const auto result = invite({.channel = "one", .customer = "shop", .employees = {"dora"}});
    scans(std::get<Invited>(result).invitation.scene, "e1");
    contact_says("i1", "Hello");

    BOOST_TEST(present().participants == Employees{"ana"}, per_element());
}

BOOST_FIXTURE_TEST_CASE(scanned_in_an_open_conversation_adds_and_throws_nobody_out, Inviting)
{
    contact_says("i1", "Hello");
    const auto scene = invited_by("dora");

    scans(scene, "e1");
    BOOST_TEST(present().participants == (Employees{"ana", "dora"}), per_element());
    scans(scene, "e2");
    scans("poster-7", "e3");
    BOOST_TEST(present().participants == (Employees{"ana", "dora"}), per_element());
    scans("desk-12", "e4");

    BOOST_TEST(present().participants == (Employees{"ana", "dora", "ben", "cem"}), per_element());
    BOOST_TEST(
        inviter().calls
            == (Words{"participants ana", "participants ana,dora", "participants ana,dora,ben,cem"}),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(does_not_bring_back_who_was_removed_when_the_contact_only_writes, Inviting)
{
    scans(invited_by("dora"), "e1");
    contact_says("i1", "Hello");
    participants_are({"ana"});

    contact_says("i2", "Still there?");

    BOOST_TEST(present().participants == Employees{"ana"}, per_element());
}

BOOST_FIXTURE_TEST_CASE(for_ever_is_made_once_and_outlives_a_restart, Inviting)
{
    const auto first = std::get<Invited>(invite(of_desk_12));
    const auto scene = invited_by("dora");
    BOOST_TEST(first.is_new);
    restart();

    const auto again = std::get<Invited>(invite(of_desk_12));

    BOOST_TEST(!again.is_new);
    BOOST_TEST((again.invitation == first.invitation));
    BOOST_TEST(invited_by("dora") == scene);
    BOOST_TEST(invited_by("emil") != scene);
    BOOST_TEST(inviter().invitations.size() == 1U);  // of this run: emil's
}

BOOST_FIXTURE_TEST_CASE(that_ends_is_made_anew_with_all_of_its_lifetime, Inviting)
{
    using std::chrono::hours;
    const auto scene = invited_by("dora", hours{24});
    BOOST_TEST(invited_by("dora", hours{24}) == scene);

    BOOST_TEST(inviter().invitations.size() == 2U);
    BOOST_TEST((inviter().invitations[0].lifetime == hours{24}));
    const auto kept = reader().invitations("one", "bank", 10);
    BOOST_REQUIRE(kept.size() == 2U);
    BOOST_TEST(channel::ms_of(kept[0].expires_at.value()) == 1893456000000);
}

BOOST_FIXTURE_TEST_CASE(that_the_channel_refuses_is_not_kept, Inviting)
{
    inviter().on_invite = [](const auto&, channel::Completion& done) {
        done.fail(channel::Error{channel::Status::refused, "lifetime_too_long", "At most 30 days."});
    };

    const auto refused = invite(of_desk_12);

    BOOST_TEST((std::get<Problem>(refused) == Problem{"lifetime_too_long", "At most 30 days."}));
    BOOST_TEST(reader().invitations("", "", 10).empty());
}

BOOST_FIXTURE_TEST_CASE(that_the_channel_cannot_make_now_is_unavailable, Inviting)
{
    inviter().on_invite = [](const auto&, channel::Completion& done) {
        done.fail(channel::Error{channel::Status::unavailable, "not_connected", "no way"});
    };
    BOOST_TEST(std::get<Problem>(invite(of_desk_12)).error == "unavailable");

    for (const auto* odd : {"{}", "[]", "not JSON", R"({"url":""})", R"({"url":7})"}) {
        inviter().on_invite = [odd](const auto&, channel::Completion& done) { done.ok(odd); };
        BOOST_TEST(std::get<Problem>(invite(of_desk_12)).error == "unavailable", odd);
    }
    BOOST_TEST(reader().invitations("", "", 10).empty());
}

BOOST_AUTO_TEST_CASE(of_a_channel_that_has_none_is_unsupported)
{
    Stage stage;
    stage.start();
    std::optional<std::variant<Invited, Problem>> result;
    stage.host->invite(of_desk_12, [&](const auto& answer) { result = answer; });

    BOOST_REQUIRE(result.has_value());
    BOOST_TEST(std::get<Problem>(*result).error == "unsupported");
    BOOST_TEST(std::get<Problem>(*result).text == "The channel one has no invitations.");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_CASE(a_store_of_an_older_program_is_brought_forward, Stage)
{
    start();
    contact_says("i1", "Hello");
    host.reset();
    {
        sqlite3* database = nullptr;
        BOOST_REQUIRE(sqlite3_open(config.store.c_str(), &database) == SQLITE_OK);
        const auto* const back = "DROP TABLE invitations; PRAGMA user_version = 1";
        BOOST_TEST(sqlite3_exec(database, back, nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(database);
    }

    start();

    BOOST_TEST(texts() == Words{"Hello"}, per_element());
    BOOST_TEST(reader().invitations("", "", 10).empty());
}
