#include "sample.hpp"

#include <boost/test/unit_test.hpp>

using namespace replay;
using namespace replay::sample;
using namespace std::chrono_literals;
using boost::test_tools::per_element;

namespace {

const std::string whole = R"(scenario: Everything that a step may be
rules: [S1, A5]
participants: [ana, ben]
steps:
  - {at: 0s, contact: {text: "Yes", menu_message: "7"}}
  - {at: 1m, contact: {image: map}}
  - {at: 2m, contact: {follow: ""}}
  - {at: 3m, contact: {unfollow: true}}
  - {at: 4m, contact: {scan: desk}}
  - {at: 5m, contact: {menu: HELP}}
  - {at: 1h, employee: {name: ana, id: m1, text: One}}
  - {at: 2h, employee: {cancel: m1}}
  - {at: 3h, participants: {add: [cem], remove: [ben]}}
  - {at: 4h, platform: {next_send: 45047, times: 2}}
  - {at: 5h, platform: {next_send: unavailable}}
  - {at: 6h, platform: {next_send: timeout_after_write}}
  - {at: 1d, restart: true}
  - {at: 2d, restart: {down: 30h}}
  - at: 4d
    expect:
      - {contact: One}
      - {state: {m1: queued}, reason: on_hold}
      - {refused: {m2: queue_full}}
      - {host: {menu: HELP}}
      - {employees: {image: map}}
  - {at: 5d, expect: []}
)";

template <class Kind>
const Kind& act(const Scenario& scenario, std::size_t step)
{
    return std::get<Kind>(scenario.steps.at(step).act);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(a_scenario_that_can_be_played)

BOOST_AUTO_TEST_CASE(has_a_title_rules_and_participants)
{
    const auto reading = read(whole);

    BOOST_TEST(complaints_about(whole).empty());
    BOOST_TEST(reading.scenario.title == "Everything that a step may be");
    BOOST_TEST(reading.scenario.rules == (std::vector<std::string>{"S1", "A5"}), per_element());
    BOOST_TEST(reading.scenario.participants == (std::vector<std::string>{"ana", "ben"}), per_element());
}

BOOST_AUTO_TEST_CASE(has_one_participant_where_none_is_named)
{
    const auto reading = read("scenario: S\nsteps: []\n");

    BOOST_TEST(reading.scenario.participants == (std::vector<std::string>{"ana"}), per_element());
}

BOOST_AUTO_TEST_CASE(lets_the_contact_do_everything)
{
    const auto scenario = read(whole).scenario;

    BOOST_TEST(act<ContactSays>(scenario, 0).what == "Yes");
    BOOST_TEST(act<ContactSays>(scenario, 0).menu_message == "7");
    BOOST_TEST(act<ContactSays>(scenario, 1).medium == "image");
    BOOST_TEST(act<ContactFollows>(scenario, 2).scene == "");
    BOOST_TEST(std::holds_alternative<ContactUnfollows>(scenario.steps.at(3).act));
    BOOST_TEST(act<ContactScans>(scenario, 4).scene == "desk");
    BOOST_TEST(act<ContactClicks>(scenario, 5).key == "HELP");
}

BOOST_AUTO_TEST_CASE(lets_the_others_do_everything)
{
    const auto scenario = read(whole).scenario;

    BOOST_TEST(act<EmployeeSends>(scenario, 6).id == "m1");
    BOOST_TEST(act<EmployeeCancels>(scenario, 7).id == "m1");
    BOOST_TEST(act<ParticipantsChange>(scenario, 8).remove.front() == "ben");
    BOOST_TEST(act<PlatformAnswers>(scenario, 9).errcode == 45047);
    BOOST_TEST(act<PlatformAnswers>(scenario, 9).times == 2);
    BOOST_TEST((act<PlatformAnswers>(scenario, 10).kind == PlatformAnswers::Kind::unavailable));
    BOOST_TEST((act<PlatformAnswers>(scenario, 11).kind == PlatformAnswers::Kind::timeout_after_write));
    BOOST_TEST(act<Restart>(scenario, 12).down.count() == 0);
    BOOST_TEST(act<Restart>(scenario, 13).down.count() == Milliseconds{30h}.count());
}

BOOST_AUTO_TEST_CASE(knows_times_and_lines)
{
    const auto scenario = read(whole).scenario;

    BOOST_TEST(scenario.steps.at(6).at.count() == Milliseconds{1h}.count());
    BOOST_TEST(scenario.steps.at(13).at.count() == Milliseconds{48h}.count());
    BOOST_TEST(scenario.steps.at(14).line == 19);
}

BOOST_AUTO_TEST_CASE(tells_what_is_not_checked_from_nothing_expected)
{
    const auto scenario = read(whole).scenario;

    BOOST_TEST(!scenario.steps.at(0).expected);
    BOOST_TEST(scenario.steps.at(15).expected->empty());
}

BOOST_AUTO_TEST_CASE(expects_what_is_written)
{
    const auto scenario = read(whole).scenario;

    std::vector<std::string> entries;
    for (const auto& entry : *scenario.steps.at(14).expected)
        entries.push_back(as_written(entry));
    const std::vector<std::string> written{
        "{contact: \"One\"}", "{state: {m1: queued}, reason: on_hold}", "{refused: {m2: queue_full}}",
        "{host: {menu: \"HELP\"}}", "{employees: {image: map}}",
    };
    BOOST_TEST(entries == written, per_element());
    BOOST_TEST(scenario.steps.at(14).expected->at(2).line == 23);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_scenario_with_faults)

BOOST_AUTO_TEST_CASE(is_told_all_of_them_at_once)
{
    const std::vector<std::string> all{
        R"(s.yaml:2:1: error: unknown key "polcy")",
        R"(s.yaml:4:10: error: expected a duration such as 90s, 15m, 48h or 7d, found "1")",
        R"(s.yaml:5:24: error: unknown key "txt")",
        R"(s.yaml:5:23: error: the contact does one thing: text, image, voice, follow, unfollow, scan or menu)",
        R"(s.yaml:6:36: error: expected queued, sent, failed, uncertain, expired, discarded or cancelled, found "lost")",
    };

    BOOST_TEST(complaints_about("scenario: S\n"
                                "polcy: {}\n"
                                "steps:\n"
                                "  - {at: 1}\n"
                                "  - {at: 0s, contact: {txt: Hi}}\n"
                                "  - {at: 0s, expect: [{state: {m1: lost}}]}\n")
                   == all,
               per_element());
}

BOOST_AUTO_TEST_CASE(names_what_is_missing)
{
    const std::vector<std::string> all{
        "s.yaml:1:1: error: \"scenario\" is missing: what it shows",
        "s.yaml:1:1: error: \"steps\" is missing",
    };

    BOOST_TEST(complaints_about("rules: [S1]\n") == all, per_element());
    BOOST_TEST(complaints_about("scenario: S\nsteps: [{expect: []}]\n").front()
               == "s.yaml:2:9: error: \"at\" is missing: when it happens, counted from the start");
}

BOOST_AUTO_TEST_CASE(does_not_run_backwards)
{
    BOOST_TEST(complaints_about("scenario: S\nsteps: [{at: 2m}, {at: 90s}]\n").front()
               == "s.yaml:2:19: error: time runs backwards: the step before ends later");
    BOOST_TEST(complaints_about("scenario: S\nsteps: [{at: 2m, restart: {down: 1h}}, {at: 1h}]\n").front()
               == "s.yaml:2:40: error: time runs backwards: the step before ends later");
}

BOOST_AUTO_TEST_CASE(does_one_thing_a_step)
{
    const auto complaints = complaints_about(
        "scenario: S\nsteps: [{at: 0s, contact: {text: Hi}, employee: {name: ana, id: m1, text: Hi}}]\n"
    );

    BOOST_TEST(complaints.front() == "s.yaml:2:49: error: a step does one thing: write a second step at the same time");
}

BOOST_AUTO_TEST_CASE(expects_only_what_there_is)
{
    const auto about = [](const std::string& entry) {
        const auto all = complaints_about("scenario: S\nsteps: [{at: 0s, expect: [" + entry + "]}]\n");
        return all.empty() ? std::string{} : all.front();
    };

    BOOST_TEST(about("{contact_auto: welcom}") != "");
    BOOST_TEST(about("{employees_auto: on_hold}") != "");
    BOOST_TEST(about("{host: {left: \"\"}}") != "");
    BOOST_TEST(about("{state: {m1: sent}, reason: on_hold}") != "");
    BOOST_TEST(about("{contact: One, employees: One}") != "");
    BOOST_TEST(about("{employees: {song: One}}") != "");
    BOOST_TEST(about("{}") != "");
    BOOST_TEST(about("{state: {m1: sent, m2: sent}}") == "");
}

BOOST_AUTO_TEST_CASE(that_is_no_yaml_says_where)
{
    const auto complaints = complaints_about("scenario: S\nsteps: [{at: 0s}\n");

    BOOST_TEST(complaints.size() == 1U);
    BOOST_TEST(complaints.front().starts_with("s.yaml:"));
}

BOOST_AUTO_TEST_CASE(that_is_not_there_says_so)
{
    const auto reading = read_scenario("no/such/file.yaml");

    BOOST_TEST(describe(reading.complaints.front())
               == "no/such/file.yaml:0:0: error: the file cannot be read, or is empty");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_duration)

BOOST_AUTO_TEST_CASE(is_a_number_and_a_unit)
{
    BOOST_TEST(duration_of("0s")->count() == 0);
    BOOST_TEST(duration_of("90s")->count() == 90'000);
    BOOST_TEST(duration_of("7d")->count() == Milliseconds{24h}.count() * 7);
}

BOOST_AUTO_TEST_CASE(is_nothing_else)
{
    for (const auto* text : {"", "s", "1", "-1s", "1.5h", "1h30m", "10w", "99999999999999999999s", "1000000001d"})
        BOOST_TEST(!duration_of(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
