// What the voicemail channel's doctor finds, as a host asks it: before start, and without making anything.
#include "doctor.hpp"
#include "folder.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace channels::test;

struct Examined : Folder {
    std::vector<host::Diagnosis> examine()
    {
        host::Config config;
        config.base_dir = path;
        host::ChannelConfig channel;
        channel.id = "box";
        channel.library = std::filesystem::path{CHANNEL_FOLDER} / "voicemail.so";
        channel.settings = R"({"directory":"box","mailboxes":["sales","service"]})";
        return host::diagnose(channel, config);
    }
    std::string line(std::size_t number) { return to_line(examine().at(number)); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(mailboxes_under_examination, Examined)

BOOST_AUTO_TEST_CASE(are_good_where_their_folders_can_be_made_and_are_not_made)
{
    BOOST_TEST(
        line(1) == "ok      box/sales folder: " + (path / "box/sales").string() + " will be made at start"
    );
    BOOST_TEST(line(2).starts_with("ok      box/service folder: "));
    BOOST_TEST(!std::filesystem::exists(path / "box"));
}

BOOST_AUTO_TEST_CASE(are_good_where_their_folders_are)
{
    std::filesystem::create_directories(path / "box/sales");

    BOOST_TEST(
        line(1) == "ok      box/sales folder: " + (path / "box/sales").string() + " can be written to"
    );
    BOOST_TEST(!is_anything_wrong(examine()));
}

BOOST_AUTO_TEST_CASE(are_wrong_where_a_file_is_in_the_way)
{
    write(path / "box", "a file");

    BOOST_TEST(is_anything_wrong(examine()));
    BOOST_TEST(
        line(1).starts_with("wrong   box/sales folder: " + (path / "box").string() + " is no folder. Name")
    );
}

BOOST_AUTO_TEST_SUITE_END()
