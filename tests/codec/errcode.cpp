#include "codec/errcode.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace wechat::codec;
namespace data = boost::unit_test::data;
using boost::unit_test::label;

BOOST_TEST_DONT_PRINT_LOG_VALUE(Meaning)

BOOST_AUTO_TEST_SUITE(an_errcode)

BOOST_AUTO_TEST_CASE(of_zero_means_sent, *label("A1"))
{
    BOOST_TEST(row_of(0).meaning == Meaning::sent);
}

BOOST_AUTO_TEST_CASE(of_no_slot_left_is_known, *label("A2"))
{
    BOOST_TEST(row_of(45047).meaning == Meaning::no_slot_left);
}

BOOST_AUTO_TEST_CASE(of_a_closed_window_is_no_unfollow, *label("A3"))
{
    BOOST_TEST(row_of(45015).meaning == Meaning::close_window);
    BOOST_TEST(row_of(43004).meaning == Meaning::not_following);
}

BOOST_DATA_TEST_CASE(of_the_token_asks_for_a_new_one, data::make({40001, 40014, 41001, 42001}))
{
    BOOST_TEST(row_of(sample).meaning == Meaning::renew_token);
}

BOOST_AUTO_TEST_CASE(that_passes_is_tried_again, *label("A5"))
{
    BOOST_TEST(row_of(-1).meaning == Meaning::try_later);
    BOOST_TEST(row_of(45009).meaning == Meaning::slow_down);
    BOOST_TEST(row_of(45011).meaning == Meaning::slow_down);
}

BOOST_DATA_TEST_CASE(
    of_the_account_holds_its_sends_and_tells_an_operator_what_to_do,
    data::make({40013, 40125, 40164, 40243, 45087, 48001, 48004, 50002, 50007, 61004, 89503, 89506})
)
{
    const auto row = row_of(sample);

    BOOST_TEST(row.meaning == Meaning::hold_account);
    BOOST_TEST(row.words.size() > 20U);
}

BOOST_DATA_TEST_CASE(
    of_the_message_fails_it_alone, data::make({40003, 40008, 45002, 47001, 65401, 65417, 87014})
)
{
    BOOST_TEST(row_of(sample).meaning == Meaning::fail_message);
}

BOOST_AUTO_TEST_CASE(of_an_expired_media_id_asks_for_another_upload, *label("A6"))
{
    BOOST_TEST(row_of(40007).meaning == Meaning::upload_again);
}

BOOST_DATA_TEST_CASE(
    nobody_knows_costs_one_message_and_not_the_account, data::make({-2, 1, 40000, 49999, 99999999})
)
{
    BOOST_TEST(row_of(sample).meaning == Meaning::fail_message);
    BOOST_TEST(row_of(sample).errcode == sample);
    BOOST_TEST(!row_of(sample).words.empty());
}

BOOST_AUTO_TEST_CASE(has_words_in_every_row)
{
    for (const auto& row : errcode_table()) {
        BOOST_TEST(!row.words.empty());
        BOOST_TEST(row_of(row.errcode).words == row.words);
    }
}

BOOST_AUTO_TEST_CASE(at_the_token_endpoint_is_the_accounts_fault_unless_time_heals_it)
{
    for (const auto code : {40001, 40002, 40013, 40125, 40164, 41002, 41004, 43002, 89501, 12345})
        BOOST_TEST(row_of_token_fault(code).meaning == Meaning::hold_account);
    BOOST_TEST(row_of_token_fault(40001).words != row_of(40001).words);
    BOOST_TEST(row_of_token_fault(-1).meaning == Meaning::try_later);
    BOOST_TEST(row_of_token_fault(45009).meaning == Meaning::slow_down);
    BOOST_TEST(row_of_token_fault(45011).meaning == Meaning::slow_down);
}

BOOST_AUTO_TEST_SUITE_END()
