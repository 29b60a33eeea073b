#include "replay/text_table.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace replay;

BOOST_AUTO_TEST_SUITE(the_texts_of_a_customer)

BOOST_AUTO_TEST_CASE(read_as_people_will_read_them)
{
    const auto table = text_table(R"([
        {"customer":"harbour","locale":"en","audience":"contact","key":"welcome","text":"Welcome!\nWe answer soon.",
         "bytes":24,"slots":1},
        {"customer":"harbour","locale":"en","audience":"employee","key":"queued","text":"It waits.","bytes":9,"slots":0},
        {"customer":"quay","locale":"zh-Hans","audience":"contact","key":"left","text":null,"bytes":0,"slots":0}
    ])");

    BOOST_TEST(table
               == "harbour (en)\n"
                  "  contact.welcome  24 bytes, 1 slot\n"
                  "    Welcome!\n"
                  "    We answer soon.\n"
                  "  employee.queued  9 bytes\n"
                  "    It waits.\n"
                  "quay (zh-Hans)\n"
                  "  contact.left  switched off\n");
}

BOOST_AUTO_TEST_CASE(that_are_something_else_are_refused)
{
    BOOST_CHECK_THROW(static_cast<void>(text_table("{}")), std::runtime_error);
    BOOST_CHECK_THROW(static_cast<void>(text_table("")), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
