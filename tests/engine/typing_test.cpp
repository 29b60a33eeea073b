// The sign that somebody writes: when the platform is asked for it. What it answers is nobody's business.
#include "engine/an_engine.hpp"
#include "engine/typing.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::engine;
using boost::test_tools::per_element;
using scripted::errcode;

namespace {

struct Writing : AnEngine {
    Writing() : typing(loop, engine->accounts(), *store, busy)
    {
        account.rules = std::make_shared<const policy::Rules>();
    }

    void shows(bool on, const std::string& contact = "lily")
    {
        typing.set({harbour_bank, OpenId{contact}}, account, on, now);
        idle();
    }

    /// "lily Typing": what the platform has been asked since the last call.
    Happened asked()
    {
        Happened all;
        const auto requests = platform.server().requests_to("/cgi-bin/message/custom/typing");
        for (std::size_t i = told_; i < requests.size(); ++i)
            all.push_back(requests[i].body);
        told_ = requests.size();
        return all;
    }

    CustomerAccount account;
    Typing typing;

private:
    std::size_t told_ = 0;
};

const std::string on = R"({"touser":"lily","command":"Typing"})";
const std::string off = R"({"touser":"lily","command":"CancelTyping"})";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(typing, Writing)

BOOST_AUTO_TEST_CASE(is_shown_and_taken_away)
{
    open("lily");

    shows(true);
    shows(false);
    shows(false);

    BOOST_TEST(asked() == (Happened{on, off}), per_element());
    BOOST_TEST(on_phones().empty());
    BOOST_TEST(happened().empty());
}

BOOST_AUTO_TEST_CASE(is_asked_for_once_in_10_seconds_while_it_is_on)
{
    open("lily");
    for (int i = 0; i < 4; ++i) {
        shows(true);
        now += 3s;  // 0, 3, 6, 9
    }
    BOOST_TEST(asked() == Happened{on}, per_element());

    now += 1s;  // 13
    shows(true);

    BOOST_TEST(asked() == Happened{on}, per_element());
}

BOOST_AUTO_TEST_CASE(that_has_ended_by_itself_is_not_taken_away)
{
    open("lily");
    shows(true);
    now += 15s;

    shows(false);

    BOOST_TEST(asked() == Happened{on}, per_element());
}

BOOST_AUTO_TEST_CASE(of_one_contact_is_nothing_to_another)
{
    open("lily");
    open("tom");
    shows(true, "lily");
    shows(true, "tom");

    BOOST_TEST(asked().size() == 2U);
}

BOOST_AUTO_TEST_CASE(is_not_asked_for_where_the_contact_cannot_be_written_to)
{
    shows(true, "nobody");
    open("lily");
    now += 48h;
    shows(true);
    open("tom");
    contact_unfollows("tom");
    idle();
    shows(true, "tom");

    BOOST_TEST(asked().empty());
}

BOOST_AUTO_TEST_CASE(may_be_refused_and_nothing_comes_of_it)
{
    open("lily");
    platform.answers({errcode(45081), errcode(45080), errcode(45072), errcode(45015), errcode(48001)});
    for (int i = 0; i < 5; ++i) {
        shows(true);
        now += 10s;
    }
    BOOST_TEST(asked().size() == 5U);
    employee_sends("lily", "m1", "Hi");
    idle();

    BOOST_TEST(happened() == (Happened{"m1: accepted", "m1: sent"}), per_element());
    BOOST_TEST(health.empty());
}

BOOST_AUTO_TEST_SUITE_END()
