#include "folder.hpp"
#include "sample.hpp"

#include <cstdlib>
#include <sys/stat.h>

using namespace wechat::config;

namespace {

struct Secrets : Folder {
    Reading with_secret(std::string_view app_secret) const
    {
        const auto yaml = "customer: a\nwechat: {app_id: b, token: def, callback_mode: plain, app_secret: "
                        + std::string{app_secret} + "}\n";
        return read_customer(yaml, path / "a.yaml");
    }
    std::string secret(std::string_view app_secret) const
    {
        const auto reading = with_secret(app_secret);
        return reading.customer ? std::string{reading.customer->wechat.app_secret.reveal()} : "refused";
    }
    Lines complaints(std::string_view app_secret) const { return lines_of(with_secret(app_secret)); }
};

struct Variable {
    const char* name;
    Variable(const char* variable, const char* value) : name(variable) { setenv(variable, value, 1); }
    ~Variable() { unsetenv(name); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(where_secrets_are_kept, Secrets)

BOOST_AUTO_TEST_CASE(in_the_file_itself)
{
    BOOST_TEST(secret("plain-secret") == "plain-secret");
}

BOOST_AUTO_TEST_CASE(in_the_environment)
{
    const Variable set{"CONFIG_TEST_SECRET", "from-the-environment"};
    const Variable empty{"CONFIG_TEST_EMPTY", ""};

    BOOST_TEST(secret("{env: CONFIG_TEST_SECRET}") == "from-the-environment");
    BOOST_TEST(
        complaints("{env: CONFIG_TEST_EMPTY}")
            == Lines{"2:73: the environment variable CONFIG_TEST_EMPTY is empty"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        complaints("{env: CONFIG_TEST_UNSET}")
            == Lines{"2:73: the environment variable CONFIG_TEST_UNSET is not set"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        complaints("{env: \"A=B\"}") == Lines{"2:73: expected the name of an environment variable"},
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(in_a_file_beside_the_customers)
{
    write("secrets/app", "from-a-file\n");
    write("secrets/windows", "from-windows\r\n");

    BOOST_TEST(secret("{file: secrets/app}") == "from-a-file");
    BOOST_TEST(secret("{file: secrets/windows}") == "from-windows");
    BOOST_TEST(secret("{file: " + (path / "secrets/app").string() + "}") == "from-a-file");
}

BOOST_AUTO_TEST_CASE(a_file_that_holds_none_is_named)
{
    write("empty", "\n");
    write("large", std::string(4097, 'x'));
    BOOST_TEST_REQUIRE(mkfifo((path / "pipe").c_str(), 0600) == 0);

    BOOST_TEST(
        complaints("{file: missing}") == Lines{"2:74: the file missing does not exist or is no file"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        complaints("{file: empty}") == Lines{"2:74: the file empty is empty"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        complaints("{file: large}") == Lines{"2:74: the file large is larger than 4096 bytes"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        complaints("{file: pipe}") == Lines{"2:74: the file pipe does not exist or is no file"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        complaints("{file: .}") == Lines{"2:74: the file . does not exist or is no file"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        complaints("{file: \"\"}") == Lines{"2:74: expected the path of a file"},
        boost::test_tools::per_element()
    );
}

BOOST_DATA_TEST_CASE(
    what_is_no_secret_is_never_quoted,
    boost::unit_test::data::make(
        {"{hunter2}",
         "{hunter2: x}",
         "[hunter2]",
         "{env: X, file: hunter2}",
         "{env: [hunter2]}",
         "hunter2 hunter2",
         "{env: hunter2-hunter2}",
         "|-\n    hunter2 hunter2"}
    ),
    given
)
{
    const auto yaml =
        "customer: a\nwechat:\n  app_id: b\n  token: def\n  callback_mode: plain\n  app_secret: "
        + std::string{given} + "\n";
    const auto reading = read_customer(yaml, "a.yaml");

    BOOST_TEST_REQUIRE(reading.complaints.size() == 1U);
    BOOST_TEST(reading.complaints[0].line == 6);
    BOOST_TEST(reading.complaints[0].text.find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_a_file_or_variable_holds_is_never_quoted)
{
    write("token", "hunter2 hunter2\n");
    const Variable set{"CONFIG_TEST_SECRET", "hunter2 hunter2"};

    for (const auto* given : {"{file: token}", "{env: CONFIG_TEST_SECRET}"})
        BOOST_TEST(
            complaints(given) == Lines{"2:67: expected an app secret: 1 to 128 visible ASCII characters"},
            boost::test_tools::per_element()
        );
}

BOOST_AUTO_TEST_SUITE_END()
