#include "config.hpp"
#include "stage.hpp"

#include <cstdlib>
#include <fstream>

namespace {

using namespace host;
using boost::test_tools::per_element;
using host::test::TemporaryFolder;
using host::test::Words;

struct File {
    ConfigReading read(const std::string& text)
    {
        std::ofstream{folder.path() / "host.yaml"} << text;
        return read_config(folder.path() / "host.yaml");
    }

    /// "3:11: expected ..." for each complaint.
    Words faults(const std::string& text)
    {
        Words all;
        for (const auto& complaint : read(text).complaints)
            all.push_back(
                std::to_string(complaint.line) + ":" + std::to_string(complaint.column) + ": "
                + complaint.text
            );
        return all;
    }

    TemporaryFolder folder;
};

BOOST_AUTO_TEST_SUITE(a_configuration)

BOOST_FIXTURE_TEST_CASE(is_read_with_paths_relative_to_its_folder, File)
{
    const auto [config, complaints] = read(R"(
listen: 127.0.0.1:9999
clock: adjustable
simulator: http://127.0.0.1:9300
store: var/host.sqlite
channels:
  - {id: sms-1, library: ../lib/sms.so, settings: {numbers: ["+4930"], port: 5, on: true, quoted: "5"}}
routing: {customers: {bank: {desk: [ana]}}, scenes: {desk-12: [ben]}, default: [eve]}
)");

    BOOST_TEST(complaints.size() == 0U);
    BOOST_TEST(config.listen.port == 9999);
    BOOST_TEST((config.clock == ClockKind::adjustable));
    BOOST_TEST(config.store == folder.path() / "var/host.sqlite");
    BOOST_REQUIRE(config.channels.size() == 1U);
    BOOST_TEST(config.channels[0].library == folder.path().parent_path() / "lib/sms.so");
    BOOST_TEST(config.channels[0].settings == R"({"numbers":["+4930"],"port":5,"on":true,"quoted":"5"})");
    BOOST_TEST(config.routing.named_by("desk-12") == Employees{"ben"}, per_element());
    BOOST_TEST(config.routing.desk_of("bank") == Employees{"ana"}, per_element());
    BOOST_TEST(config.routing.named_by("gone").empty());
    BOOST_TEST(config.routing.desk_of("other") == Employees{"eve"}, per_element());
}

BOOST_FIXTURE_TEST_CASE(has_every_fault_named_with_line_and_column_at_once, File)
{
    const auto text = "listen: nowhere\n"
                      "clock: fast\n"
                      "colour: blue\n"
                      "channels:\n"
                      "  - {id: One, library: x.so}\n"
                      "  - {id: two}\n"
                      "  - {id: two, library: x.so, settings: []}\n"
                      "routing: {default: []}\n";

    BOOST_TEST(
        faults(text)
            == (Words{
                "1:9: expected ADDRESS:PORT, found \"nowhere\"",
                "2:8: expected system or adjustable, found \"fast\"",
                "3:1: unknown key \"colour\"",
                "5:5: a channel needs an id of small letters, digits, - and _",
                "6:5: a channel needs a library: the path of its .so",
                "7:40: expected a map, found a list",
                "7:5: two channels have the id \"two\"",
                "8:20: nobody is named here",
            }),
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(that_others_can_reach_needs_a_token, File)
{
    BOOST_TEST(
        faults("listen: 0.0.0.0:8080\nchannels: []\n")
            == Words{"1:9: an address that others can reach needs an api_token"},
        per_element()
    );
    BOOST_TEST(faults("listen: 0.0.0.0:8080\napi_token: secret\nchannels: []\n").empty());
}

BOOST_FIXTURE_TEST_CASE(names_secrets_and_does_not_hold_them, File)
{
    std::ofstream{folder.path() / "token"} << "from-a-file\n";
    BOOST_TEST(read("api_token: {file: token}\nchannels: []\n").config.api_token == "from-a-file");
    BOOST_TEST(
        faults("api_token: {env: HOST_TEST_IS_NOT_SET}\nchannels: []\n")
            == Words{"1:18: the environment has no variable HOST_TEST_IS_NOT_SET"},
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(needs_an_adjustable_clock_for_a_simulator, File)
{
    BOOST_TEST(
        faults("simulator: http://127.0.0.1:1\nchannels: []\n")
            == Words{"1:12: a simulator needs \"clock: adjustable\""},
        per_element()
    );
}

BOOST_FIXTURE_TEST_CASE(that_is_no_yaml_has_a_place_too, File)
{
    const auto complaints = read("channels: [\n").complaints;
    BOOST_REQUIRE(complaints.size() == 1U);
    BOOST_TEST(complaints[0].line > 0);
    BOOST_TEST(read_config(folder.path() / "none.yaml").complaints.size() == 1U);
    BOOST_TEST(faults("a: 1\na: 2\nchannels: []\n").size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
