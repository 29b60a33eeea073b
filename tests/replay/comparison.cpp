#include "replay/comparison.hpp"
#include "sample.hpp"

#include <boost/test/unit_test.hpp>

using namespace replay;
using namespace replay::sample;

namespace {

/// "stream: =both -expected +happened ~silent", a letter a row.
std::vector<std::string> shapes(const std::vector<Expected>& wanted, const std::vector<Happening>& seen)
{
    std::vector<std::string> all;
    for (const auto& difference : differences(wanted, seen)) {
        auto shape = difference.stream + ": ";
        for (const auto& row : difference.rows)
            shape += row.expected && row.happened ? '=' : row.expected ? '-' : row.good() ? '~' : '+';
        all.push_back(shape);
    }
    return all;
}

const std::vector<std::string> none;

}  // namespace

BOOST_AUTO_TEST_SUITE(expected_beside_happened)

BOOST_AUTO_TEST_CASE(nothing_expected_and_nothing_happened_is_good)
{
    BOOST_TEST(shapes({}, {}) == none, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(nothing_expected_means_nothing)
{
    BOOST_TEST(shapes({}, {happened(text_to_employees("Hi"))}) == std::vector<std::string>{"employees: +"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(order_counts_within_a_stream)
{
    const auto one = text_to_contact("One"), two = text_to_contact("Two");

    BOOST_TEST(shapes({expected(one), expected(two)}, {happened(two), happened(one)})
                   == std::vector<std::string>{"contact: -=+"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(order_between_streams_does_not_count)
{
    const auto one = text_to_contact("One");
    const auto sent = state("m1", "sent"), queued = state("m2", "queued", "on_hold");
    const auto notice = auto_to_employees("queued");

    BOOST_TEST(shapes({expected(one), expected(sent), expected(notice), expected(queued)},
                      {happened(queued), happened(notice), happened(sent), happened(one)}) == none,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(events_and_texts_of_the_employees_are_one_stream)
{
    const auto followed = event("followed", "desk"), words = text_to_employees("Hi");

    BOOST_TEST(shapes({expected(followed), expected(words)}, {happened(words), happened(followed)})
                   == std::vector<std::string>{"employees: -=+"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(states_of_one_message_have_an_order)
{
    const auto queued = state("m1", "queued", "on_hold"), sent = state("m1", "sent");

    BOOST_TEST(shapes({expected(queued), expected(sent)}, {happened(sent)})
                   == std::vector<std::string>{"message m1: -="},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_missing_stands_where_it_is_missing)
{
    const auto one = text_to_contact("One"), two = text_to_contact("Two"), three = text_to_contact("Three");

    BOOST_TEST(shapes({expected(one), expected(two), expected(three)}, {happened(one), happened(three)})
                   == std::vector<std::string>{"contact: =-="},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_same_thing_twice_is_one_too_many)
{
    const auto one = text_to_contact("One");

    BOOST_TEST(shapes({expected(one)}, {happened(one), happened(one)})
                   == std::vector<std::string>{"contact: =+"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_text_that_was_switched_off_may_be_named_and_need_not_be)
{
    auto silent = happened(auto_to_employees("limit_reached"));
    silent.silent = true;

    BOOST_TEST(shapes({}, {silent}) == none, boost::test_tools::per_element());
    BOOST_TEST(shapes({expected(auto_to_employees("limit_reached"))}, {silent}) == none,
               boost::test_tools::per_element());
    BOOST_TEST(shapes({expected(text_to_employees(""))}, {silent}) == std::vector<std::string>{"employees: -~"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
