#include "folder.hpp"
#include "sample.hpp"

using namespace wechat::config;

namespace {

std::string customer(std::string_view name, std::string_view app_id)
{
    return "customer: " + std::string{name} + "\nwechat: {app_id: " + std::string{app_id}
         + ", app_secret: c, token: def, callback_mode: plain}\n";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(several_files, Folder)

BOOST_AUTO_TEST_CASE(each_is_read_for_itself)
{
    const auto readings = read_customers({
        write("a.yaml", customer("a", "wx1")),
        write("b.yaml", "customer: [\n"),
        path / "c.yaml",
        path,
        write("e.yaml", customer("e", "wx2")),
    });

    BOOST_TEST_REQUIRE(readings.size() == 5U);
    BOOST_TEST(readings[0].customer.has_value());
    BOOST_TEST(readings[0].file == (path / "a.yaml").string());
    BOOST_TEST(!readings[1].customer.has_value());
    BOOST_TEST(readings[1].complaints.size() == 1U);
    BOOST_TEST(
        lines_of(readings[2]) == Lines{"1:1: does not exist or is no file"}, boost::test_tools::per_element()
    );
    BOOST_TEST(
        lines_of(readings[3]) == Lines{"1:1: does not exist or is no file"}, boost::test_tools::per_element()
    );
    BOOST_TEST(readings[4].customer.has_value());
}

BOOST_AUTO_TEST_CASE(no_two_have_one_name_or_one_app_id)
{
    const auto readings = read_customers({
        write("a.yaml", customer("a", "wx1")),
        write("b.yaml", customer("b", "wx2")),
        write("c.yaml", customer("a", "wx3")),
        write("d.yaml", customer("d", "wx2")),
        write("e.yaml", customer("e", "wx5")),
    });
    const auto in = path.string() + "/";

    BOOST_TEST(
        lines_of(readings[0]) == Lines{"1:11: this name stands in " + in + "c.yaml, too"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        lines_of(readings[1]) == Lines{"2:18: this app_id stands in " + in + "d.yaml, too"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        lines_of(readings[2]) == Lines{"1:11: this name stands in " + in + "a.yaml, too"},
        boost::test_tools::per_element()
    );
    BOOST_TEST(
        lines_of(readings[3]) == Lines{"2:18: this app_id stands in " + in + "b.yaml, too"},
        boost::test_tools::per_element()
    );
    for (int i = 0; i < 4; ++i)
        BOOST_TEST(!readings[static_cast<std::size_t>(i)].customer.has_value());
    BOOST_TEST(readings[4].customer.has_value());
}

BOOST_AUTO_TEST_CASE(a_broken_one_touches_no_other)
{
    const auto readings = read_customers({
        write("a.yaml", customer("a", "wx1")),
        write("b.yaml", customer("a", "wx1") + "polcy: {}\n"),
    });

    BOOST_TEST(readings[0].customer.has_value());
    BOOST_TEST(
        lines_of(readings[1]) == Lines{"3:1: unknown key \"polcy\"; did you mean \"policy\"?"},
        boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_CASE(a_file_too_large_is_not_read_to_its_end)
{
    const auto readings = read_customers({write("a.yaml", std::string(2 * file_limit, '#'))});

    BOOST_TEST(
        lines_of(readings[0]) == Lines{"1:1: larger than 1048576 bytes"}, boost::test_tools::per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()
