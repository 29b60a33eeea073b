#include "replay/happening.hpp"
#include "sample.hpp"

#include <boost/test/unit_test.hpp>

using namespace replay;
using namespace replay::sample;

BOOST_AUTO_TEST_SUITE(an_expected_entry)

BOOST_AUTO_TEST_CASE(fits_a_text_as_it_reads)
{
    BOOST_TEST(fits(expected(text_to_contact("One")), happened(text_to_contact("One"))));
    BOOST_TEST(!fits(expected(text_to_contact("One")), happened(text_to_contact("ana: One"))));
}

BOOST_AUTO_TEST_CASE(fits_an_automatic_text_by_its_words_or_by_its_key)
{
    const auto welcome = happened(auto_to_contact("welcome", "Welcome!"));

    BOOST_TEST(fits(expected(auto_to_contact("welcome")), welcome));
    BOOST_TEST(fits(expected(text_to_contact("Welcome!")), welcome));
    BOOST_TEST(!fits(expected(auto_to_contact("left")), welcome));
}

BOOST_AUTO_TEST_CASE(of_an_automatic_text_does_not_fit_somebody_s_own_words)
{
    BOOST_TEST(!fits(expected(auto_to_contact("welcome")), happened(text_to_contact("Welcome!"))));
}

BOOST_AUTO_TEST_CASE(for_the_contact_does_not_fit_what_employees_get)
{
    BOOST_TEST(!fits(expected(text_to_contact("One")), happened(text_to_employees("One"))));
}

BOOST_AUTO_TEST_CASE(compares_the_reason_of_queued_only_where_it_is_given)
{
    const auto queued = happened(state("m1", "queued", "on_hold"));

    BOOST_TEST(fits(expected(state("m1", "queued")), queued));
    BOOST_TEST(fits(expected(state("m1", "queued", "on_hold")), queued));
    BOOST_TEST(!fits(expected(state("m1", "queued", "inactive")), queued));
}

BOOST_AUTO_TEST_CASE(compares_the_reason_of_refused_always)
{
    const auto refused = happened(state("m1", "refused", "queue_full"));

    BOOST_TEST(fits(expected(state("m1", "refused", "queue_full")), refused));
    BOOST_TEST(!fits(expected(state("m1", "refused", "contact_left")), refused));
    BOOST_TEST(!fits(expected(state("m1", "refused")), refused));
}

BOOST_AUTO_TEST_CASE(of_a_picture_does_not_fit_a_text_of_that_name)
{
    auto picture = text_to_contact("map");
    picture.medium = "image";

    BOOST_TEST(!fits(expected(picture), happened(text_to_contact("map"))));
    BOOST_TEST(fits(expected(picture), happened(picture)));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_entry_as_written)

BOOST_AUTO_TEST_CASE(reads_like_the_scenario_s_file)
{
    auto picture = text_to_employees("map");
    picture.medium = "image";

    BOOST_TEST(as_written(text_to_contact("One \"two\"\nthree")) == R"({contact: "One \"two\"\nthree"})");
    BOOST_TEST(as_written(auto_to_contact("welcome", "Hi")) == "{contact_auto: welcome}");
    BOOST_TEST(as_written(auto_to_employees("queued")) == "{employees_auto: queued}");
    BOOST_TEST(as_written(picture) == "{employees: {image: map}}");
    BOOST_TEST(as_written(state("m1", "queued", "on_hold")) == "{state: {m1: queued}, reason: on_hold}");
    BOOST_TEST(as_written(state("m1", "failed", "errcode_45002")) == "{state: {m1: failed}}");
    BOOST_TEST(as_written(state("m1", "refused", "queue_full")) == "{refused: {m1: queue_full}}");
    BOOST_TEST(as_written(event("followed", "")) == R"({host: {followed: ""}})");
}

BOOST_AUTO_TEST_SUITE_END()
