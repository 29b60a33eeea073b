// What the host makes of what channels find out about themselves.
#include "doctor.hpp"
#include "puppet.hpp"
#include "stage.hpp"

#include <boost/json/parse.hpp>

namespace {

using namespace host;
using namespace host::test;
using boost::test_tools::per_element;
using Level = channel::Examined::Level;

/// A puppet that examines itself as a test says.
class Patient : public Puppet {
public:
    static constexpr channel::Description description{
        .type = "patient", .name = "Patient", .version = "1.0.0"};

    Patient(channel::Host host, std::string_view instance) : Puppet(host, instance)
    {
        findings = of_settings;
    }
    void examine(channel::Completion done) { on_examine(done); }

    static inline std::vector<channel::Finding> of_settings;
    static inline std::function<void(channel::Completion&)> on_examine;
};

struct Bedside {
    Bedside()
    {
        Patient::of_settings.clear();
        finds("[]");
    }
    static void finds(const std::string& json)
    {
        Patient::on_examine = [json](channel::Completion& done) { done.ok(json); };
    }

    Words lines(const channel_plugin& plugin = channel::plugin_table<Patient>)
    {
        Config config;
        config.base_dir = "/";
        all = diagnose({.id = "one", .library = {}, .linked = &plugin}, config);
        Words words;
        for (const auto& one : all)
            words.push_back(to_line(one));
        return words;
    }

    std::vector<Diagnosis> all;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_diagnosis, Bedside)

BOOST_AUTO_TEST_CASE(has_the_channels_steps_in_their_order)
{
    finds(R"([{"account":"bank","step":"dns","level":"ok","text":"found","remedy":""},)"
          R"({"account":"bank","step":"token","level":"wrong","text":"no token","remedy":"Correct it."},)"
          R"({"account":"bank","step":"quota","level":"skipped","text":"there is no token","remedy":""},)"
          R"({"account":"","step":"port","level":"warning","text":"two\nlines","remedy":"Look."}])");

    // The puppet says that it serves bank and shop; of bank its own steps speak.
    BOOST_TEST(
        lines()
            == (Words{
                "ok      one/shop configuration: the settings are good",
                "ok      one/bank dns: found",
                "wrong   one/bank token: no token. Correct it.",
                "skipped one/bank quota: there is no token",
                "warning one port: two lines. Look."}),
        per_element()
    );
    BOOST_TEST(is_anything_wrong(all));
}

BOOST_AUTO_TEST_CASE(without_anything_wrong_is_good_in_spite_of_warnings)
{
    finds(R"([{"step":"a","level":"warning","text":"x"},{"step":"b","level":"skipped","text":"y"}])");
    lines();
    BOOST_TEST(!is_anything_wrong(all));
}

BOOST_AUTO_TEST_CASE(with_a_level_that_this_host_does_not_know_is_wrong)
{
    finds(R"([{"step":"a","level":"doomed","text":"x"}])");
    BOOST_TEST(lines().back() == "wrong   one a: x");
}

BOOST_AUTO_TEST_CASE(of_a_channel_that_cannot_say_is_wrong)
{
    for (const auto* odd : {"{}", "not JSON", "[7]"}) {
        finds(odd);
        BOOST_TEST(
            lines().back().starts_with("wrong   one examination: the channel cannot examine itself"), odd
        );
    }
    Patient::on_examine = [](channel::Completion& done) {
        done.fail(channel::Error{channel::Status::unavailable, "no", "not today"});
    };
    BOOST_TEST(lines().back().find("not today") != std::string::npos);
    Patient::on_examine = [](channel::Completion&) { throw std::runtime_error{"oops"}; };
    BOOST_TEST(lines().back().find("oops") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_a_channel_without_a_doctor_is_that_of_its_settings)
{
    BOOST_TEST(
        lines(channel::plugin_table<Puppet>)
            == (Words{
                "ok      one/bank configuration: the settings are good",
                "ok      one/shop configuration: the settings are good"}),
        per_element()
    );
}

BOOST_AUTO_TEST_CASE(names_what_is_wrong_with_the_settings)
{
    Patient::of_settings = {
        {.level = channel::Level::error,
         .file = "shop.yaml",
         .line = 3,
         .column = 7,
         .code = "c",
         .text = "odd"}};
    finds(R"([{"account":"bank","step":"dns","level":"ok","text":"found"}])");

    BOOST_TEST(
        lines()
            == (Words{
                "wrong   one/shop configuration: shop.yaml:3:7: odd. Correct it.",
                "ok      one/bank dns: found"}),
        per_element()
    );
}

BOOST_AUTO_TEST_CASE(is_one_list_for_programs)
{
    finds(R"([{"account":"bank","step":"dns","level":"ok","text":"found","remedy":"none"}])");
    lines();

    const auto list = boost::json::parse(to_json(all)).as_array();
    BOOST_TEST(
        list.back()
        == boost::json::parse(
            R"({"channel":"one","account":"bank","step":"dns","level":"ok","text":"found","remedy":"none"})"
        )
    );
}

BOOST_AUTO_TEST_CASE(of_a_library_that_is_not_there_says_so)
{
    const auto found = diagnose({.id = "fax", .library = "/no/such/fax.so"}, Config{});

    BOOST_REQUIRE(found.size() == 1U);
    BOOST_TEST(to_line(found[0]).starts_with("wrong   fax library: "));
    BOOST_TEST(to_line(found[0]).find("/no/such/fax.so") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
