#include "sample.hpp"

#include <boost/test/unit_test.hpp>

using namespace replay::sample;

BOOST_AUTO_TEST_SUITE(what_is_the_customer_s)

BOOST_AUTO_TEST_CASE(stays_on_its_lines)
{
    const auto reading = read("scenario: S\n"
                              "policy: {queue: {merge: true}}  # why\n"
                              "rules: [S1]\n"
                              "messages:\n"
                              "  en:\n"
                              "    contact: {welcome: null}\n"
                              "steps: []\n");

    BOOST_TEST(reading.scenario.customer_sections
               == "\n"
                  "policy: {queue: {merge: true}}  # why\n"
                  "\n"
                  "messages:\n"
                  "  en:\n"
                  "    contact: {welcome: null}\n"
                  "\n");
}

BOOST_AUTO_TEST_CASE(cannot_be_cut_out_of_braces)
{
    BOOST_TEST(complaints_about("{scenario: S, policy: {}, steps: []}\n").front()
               == "s.yaml:1:1: error: a scenario's keys stand on lines of their own, not in braces");
}

BOOST_AUTO_TEST_SUITE_END()
