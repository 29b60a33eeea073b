#include "folder.hpp"
#include "sms/opt_outs.hpp"

#include <channel/values.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace channels::test;
using sms::opt_out_word;
using sms::OptOuts;

BOOST_AUTO_TEST_SUITE(opting_out)

BOOST_AUTO_TEST_CASE(is_a_message_of_one_word)
{
    for (const auto* word : {"STOP", "stop", " Stop\n", "unsubscribe"})
        BOOST_TEST((opt_out_word(word) == true), word);
    for (const auto* word : {"START", "unstop "})
        BOOST_TEST((opt_out_word(word) == false), word);
    for (const auto* text : {"", " ", "Please stop", "STOPP", "S T O P"})
        BOOST_TEST(!opt_out_word(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(is_remembered_until_the_contact_opts_in)
{
    const Folder folder;
    const auto file = folder.path / "below" / "out.txt";
    {
        OptOuts opt_outs;
        opt_outs.open(file);
        opt_outs.set("+491", "+492", true);
        opt_outs.set("+491", "+493", true);
        opt_outs.set("+491", "+493", false);
    }
    write(file, read(file) + "\n- +4");  // cut short by a crash
    OptOuts again;
    again.open(file);
    again.set("+491", "+495", true);

    OptOuts third;
    third.open(file);
    BOOST_TEST(third.contains("+491", "+492"));
    BOOST_TEST(!third.contains("+491", "+493"));
    BOOST_TEST(third.contains("+491", "+495"));
    BOOST_TEST(!third.contains("+490", "+492"));
}

BOOST_AUTO_TEST_CASE(that_cannot_be_kept_is_not_believed)
{
    const Folder folder;
    std::filesystem::create_directory(folder.path / "out.txt");
    OptOuts opt_outs;
    BOOST_CHECK_THROW(opt_outs.open(folder.path / "out.txt"), channel::Error);
    BOOST_CHECK_THROW(opt_outs.set("+491", "+492", true), channel::Error);
    BOOST_TEST(!opt_outs.contains("+491", "+492"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
