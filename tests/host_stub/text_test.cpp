// What the host writes for others to read: log lines, metrics, the result of a reload, ids.
#include "http/message.hpp"
#include "log.hpp"
#include "metrics.hpp"
#include "public_ids.hpp"
#include "reloads.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace {

using namespace host;
using boost::test_tools::per_element;

BOOST_AUTO_TEST_SUITE(a_log_line)

BOOST_AUTO_TEST_CASE(is_one_line_whatever_it_is_told)
{
    const auto line = log_line(channel::Level::info, "sms", "code", "two\nlines", " id=m1");
    BOOST_TEST(line == "info sms code \"two\\nlines\" id=m1");
    BOOST_TEST(log_value("plain") == "plain");
    BOOST_TEST(log_value("") == "\"\"");
    BOOST_TEST(log_value("a=b") == "\"a=b\"");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(metrics)

BOOST_AUTO_TEST_CASE(of_two_channels_are_one_family_each_with_its_label)
{
    Metrics all;
    all.add("host_commits", "counter", "Transactions.", "", 3);
    for (const auto* channel : {"a", "b"})
        all.merge(
            channel,
            "# TYPE sent counter\nsent_total{kind=\"text\"} 1\nsent_created 5\n# TYPE up gauge\nup 1\n# EOF\n"
        );

    BOOST_TEST(
        all.text()
        == "# HELP host_commits Transactions.\n"
           "# TYPE host_commits counter\n"
           "host_commits_total 3\n"
           "# TYPE sent counter\n"
           "sent_total{channel=\"a\",kind=\"text\"} 1\n"
           "sent_created{channel=\"a\"} 5\n"
           "sent_total{channel=\"b\",kind=\"text\"} 1\n"
           "sent_created{channel=\"b\"} 5\n"
           "# TYPE up gauge\n"
           "up{channel=\"a\"} 1\n"
           "up{channel=\"b\"} 1\n"
           "# EOF\n"
    );
}

BOOST_AUTO_TEST_CASE(that_are_none_are_left_out)
{
    Metrics all;
    all.merge("a", "\n\x01garbage\nalone\n# nonsense\n");
    BOOST_TEST(all.text() == "# EOF\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_reload)

BOOST_AUTO_TEST_CASE(names_each_customer_and_the_faults_of_his_file)
{
    const channel::Result findings{
        channel::Status::ok,
        R"([{"level":"error","file":"customers/bank.yaml","line":3,"column":17,"code":"x","text":"expected a duration"},
            {"level":"warning","file":"customers/shop.yaml","line":1,"column":1,"code":"y","text":"old"}])"};
    const auto all =
        reloads_of("wechat", R"({"customers":[{"customer":"bank"},{"customer":"shop"}]})", findings);

    BOOST_REQUIRE(all.size() == 2U);
    BOOST_TEST(all[0].customer == "bank");
    BOOST_TEST(!all[0].ok);
    BOOST_TEST(
        all[0].errors == std::vector<std::string>{"customers/bank.yaml:3:17: expected a duration"},
        per_element()
    );
    BOOST_TEST(all[1].customer == "shop");
    BOOST_TEST(all[1].ok);
}

BOOST_AUTO_TEST_CASE(knows_whose_file_it_is_whatever_its_name)
{
    const channel::Result findings{
        channel::Status::ok, R"([{"level":"error","file":"/etc/a.yaml","line":1,"text":"x"},
        {"level":"error","file":"/etc/new.yaml","line":1,"text":"y"}])"};
    const auto all = reloads_of("wechat", R"({"customers":[{"customer":"bank","file":"a.yaml"}]})", findings);

    BOOST_REQUIRE(all.size() == 2U);
    BOOST_TEST(all[0].customer == "bank");
    BOOST_TEST(!all[0].ok);
    BOOST_TEST(all[1].customer == "new");
}

BOOST_AUTO_TEST_CASE(that_was_refused_is_never_good)
{
    for (const auto* json : {"", "[]", R"({"code":"x","text":"no"})", "broken"}) {
        const auto all = reloads_of("sms", "{}", {channel::Status::refused, json});
        BOOST_REQUIRE(all.size() == 1U);
        BOOST_TEST(!all[0].ok, json);
        BOOST_TEST(all[0].errors.size() == 1U, json);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(ids)

BOOST_AUTO_TEST_CASE(of_this_store_are_read_back_and_others_are_not)
{
    BOOST_TEST(contract_id("7f3a", 12, "m/1") == "7f3a-12/m/1");
    const auto whose = message_of("7f3a", "7f3a-12/m/1");
    BOOST_REQUIRE(whose.has_value());
    BOOST_TEST(whose->first == 12);
    BOOST_TEST(whose->second == "m/1");
    for (const auto* id :
         {"",
          "12",
          "7f3a",
          "7f3a-",
          "7f3a-x",
          "7f3a-0",
          "7f3a--1",
          "7f3a-12x",
          "beef-12",
          "7f3a_12",
          "7f3a-99999999999999999999"})
        BOOST_TEST(!conversation_of("7f3a", id).has_value(), id);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_target)

BOOST_AUTO_TEST_CASE(is_divided_and_its_query_unescaped)
{
    http::Request request;
    http::read_target("/api/x%2Fy?after=3&name=a%20b+c&flag&bad=%zz%4", request);

    BOOST_TEST(request.path == "/api/x%2Fy");
    BOOST_TEST(request.parameter("after") == "3");
    BOOST_TEST(request.parameter("name") == "a b c");
    BOOST_TEST(request.parameter("flag") == "");
    BOOST_TEST(request.parameter("bad") == "%zz%4");
    BOOST_TEST(http::unescape("x%2Fy%41", false) == "x/yA");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
