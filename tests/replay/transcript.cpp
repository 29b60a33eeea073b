#include "replay/transcript.hpp"
#include "sample.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

using namespace replay;
using namespace replay::sample;
using namespace std::chrono_literals;

namespace {

/// A contact who writes, and an employee whose message waits.
struct OneRun {
    OneRun()
    {
        performance.scenario.file = "s.yaml";
        performance.scenario.title = "A day";
        performance.scenario.rules = {"S3", "R1"};
        Step writes{.line = 4, .at = 0s, .act = ContactSays{.what = "Hello"}, .expected = {}};
        performance.steps.push_back({writes, {}, {happened(text_to_employees("Hello"))}, {}});
        Step sends{.line = 5, .at = 49h, .act = EmployeeSends{.name = "ana", .id = "m1", .what = "One"}, .expected = {}};
        auto queued = happened(state("m1", "queued", "inactive"), 49h);
        queued.why = "it waits";
        performance.steps.push_back({sends, {happened(auto_to_employees("inactive"), 48h)}, {queued}, {}});
    }
    Performance performance;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_transcript)

BOOST_FIXTURE_TEST_CASE(has_time_who_and_what, OneRun)
{
    BOOST_TEST(transcript(performance)
               == "s.yaml: A day\n"
                  "  rules S3, R1\n"
                  "  +0 d 00:00:00  contact       writes \"Hello\"\n"
                  "                 -> employees  \"Hello\"\n"
                  "  +2 d 00:00:00  -> employees  [inactive] \"\"\n"
                  "  +2 d 01:00:00  ana           sends m1: \"One\"\n"
                  "                    m1         queued: inactive (it waits)\n"
                  "  passed\n");
}

BOOST_FIXTURE_TEST_CASE(shows_both_sides_of_what_differs, OneRun)
{
    const std::vector<Expected> expected{sample::expected(text_to_contact("One"))};
    performance.steps.back().differences = differences(expected, {});

    const auto text = transcript(performance);

    BOOST_TEST(text.find("    line 5: contact\n"
                         "       expected                        happened\n"
                         "     - {contact: \"One\"}                \n") != std::string::npos);
    BOOST_TEST(text.ends_with("  FAILED\n"));
    BOOST_TEST(!performance.passed());
}

BOOST_FIXTURE_TEST_CASE(says_why_it_broke_off, OneRun)
{
    performance.broken_off = "wechat is still busy";

    BOOST_TEST(transcript(performance).ends_with("  broken off: wechat is still busy\n  FAILED\n"));
    BOOST_TEST(!performance.passed());
}

BOOST_FIXTURE_TEST_CASE(is_the_same_as_data, OneRun)
{
    const auto object = to_json(performance);

    const auto& step = object.at("steps").as_array().at(1).as_object();
    BOOST_TEST(object.at("passed").as_bool());
    BOOST_TEST(step.at("at").as_string() == "+2 d 01:00:00");
    BOOST_TEST(step.at("line").as_int64() == 5);
    BOOST_TEST(boost::json::serialize(step.at("due"))
               == R"([{"employees_auto":"inactive","at":"+2 d 00:00:00","seconds":172800,)"
                  R"("stream":"employees","text":""}])");
    BOOST_TEST(boost::json::serialize(step.at("outcome"))
               == R"([{"state":{"m1":"queued"},"reason":"inactive","at":"+2 d 01:00:00","seconds":176400,)"
                  R"("stream":"message m1","why":"it waits"}])");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(time_since_the_start)

BOOST_AUTO_TEST_CASE(is_days_and_a_clock)
{
    BOOST_TEST(clock_text(0s) == "+0 d 00:00:00");
    BOOST_TEST(clock_text(24h + 3min) == "+1 d 00:03:00");
    BOOST_TEST(clock_text(49h + 59s) == "+2 d 01:00:59");
}

BOOST_AUTO_TEST_SUITE_END()
