#include "base/result.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace wechat;

BOOST_AUTO_TEST_SUITE(a_fault)

BOOST_AUTO_TEST_CASE(is_described_by_its_name_and_its_detail)
{
    BOOST_TEST(describe(fail(errc::bad_ciphertext, "17 bytes")) == "bad_ciphertext: 17 bytes");
    BOOST_TEST(describe(fail(errc::stopping)) == "stopping");
}

BOOST_AUTO_TEST_CASE(has_a_name_of_its_own)
{
    std::set<std::string_view> names;
    int named = 0;
    for (int code = 1; code < 100; ++code) {
        const auto name = name_of(static_cast<errc>(code));
        if (name == "unknown")
            continue;
        names.insert(name);
        ++named;
    }

    BOOST_TEST(named >= 28);
    BOOST_TEST(names.size() == static_cast<std::size_t>(named));
}

BOOST_AUTO_TEST_CASE(taken_for_a_value_is_a_mistake_of_ours)
{
    const Result<int> result = fail(errc::not_found, "no row");

    BOOST_CHECK_EXCEPTION((void)result.value(), std::logic_error, [](const std::logic_error& error) {
        return std::string{error.what()}.find("not_found: no row") != std::string::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()
