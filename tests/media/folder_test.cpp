// Contacts' files on the disk: whole or not at all, within a limit, found again.
#include "config/folder.hpp"
#include "media/contact_file.hpp"
#include "media/digest.hpp"
#include "media/folder.hpp"
#include "media/limits.hpp"
#include "media/samples.hpp"
#include "support/in_a_child.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <sys/resource.h>

using namespace wechat;
using namespace wechat::media;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t room = 1000;

// A folder for 1,000 bytes that is not there yet.
struct AFolder : config::Folder {
    fs::path place = path / "of" / "files";
    media::Folder files{place, room};

    Kept keep(const std::string& owner, const std::string& bytes)
    {
        const auto kept = files.keep(owner, bytes);
        BOOST_TEST_REQUIRE(kept.has_value());
        return *kept;
    }
    void is_full_for(const std::string& owner, const std::string& bytes)
    {
        const auto kept = files.keep(owner, bytes);
        BOOST_TEST_REQUIRE(!kept.has_value());
        BOOST_TEST((kept.error().code == errc::media_full));
        BOOST_TEST(kept.error().detail == "the media folder has reached its limit of 1000 bytes");
    }
    std::string found(const std::string& owner)
    {
        const auto kept = files.find(owner);
        BOOST_TEST_REQUIRE(kept.has_value());
        return *kept ? read_file((*kept)->path.string()) : "nothing";
    }
    [[nodiscard]] std::size_t count() const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator{place}, {}));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_file_that_is_kept, AFolder)

BOOST_AUTO_TEST_CASE(lies_there_whole_with_all_that_is_known_of_it)
{
    const auto bytes = samples::jpeg(500);
    const auto kept = keep("lily-1", bytes);

    BOOST_TEST((read_file(kept.path.string()) == bytes));
    BOOST_TEST(kept.path.is_absolute());
    BOOST_TEST(kept.path.parent_path() == place);
    BOOST_TEST(kept.path.extension() == ".jpg");
    BOOST_TEST(kept.bytes == 500U);
    BOOST_TEST(kept.mime == "image/jpeg");
    BOOST_TEST(kept.sha256 == sha256(bytes));
    BOOST_TEST(count() == 1U);
}

BOOST_AUTO_TEST_CASE(is_for_its_owner_alone)
{
    const auto kept = keep("lily-1", samples::jpeg());

    BOOST_TEST((fs::status(kept.path).permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
}

BOOST_AUTO_TEST_CASE(has_a_name_that_tells_nobody_whose_it_is)
{
    const auto name = keep("wx01/o-lily/../7", samples::jpeg()).path.filename().string();

    BOOST_TEST(name.size() == 32U + 4U);
    BOOST_TEST(name.find_first_not_of("0123456789abcdef") == 32U);
    BOOST_TEST(name.ends_with(".jpg"));
}

BOOST_AUTO_TEST_CASE(of_one_owner_is_not_another_s)
{
    const auto one = keep("lily-1", samples::jpeg(100));
    const auto other = keep("lily-2", samples::jpeg(200));

    BOOST_TEST(one.path != other.path);
    BOOST_TEST(found("lily-1") == samples::jpeg(100));
    BOOST_TEST(found("lily-2") == samples::jpeg(200));
    BOOST_TEST(found("lily-3") == "nothing");
}

BOOST_AUTO_TEST_CASE(takes_the_place_of_the_one_before)
{
    keep("lily-1", samples::jpeg(400));
    keep("lily-1", samples::jpeg(300));

    BOOST_TEST(found("lily-1") == samples::jpeg(300));
    BOOST_TEST(files.bytes() == 300U);
    BOOST_TEST(count() == 1U);
}

BOOST_AUTO_TEST_CASE(takes_the_place_of_one_of_another_format_too)
{
    keep("lily-1", samples::jpeg(400));
    keep("lily-1", samples::mp4(300));

    BOOST_TEST(found("lily-1") == samples::mp4(300));
    BOOST_TEST(files.bytes() == 300U);
    BOOST_TEST(count() == 1U);
}

BOOST_AUTO_TEST_CASE(may_be_of_no_format_that_we_know_or_empty)
{
    BOOST_TEST(keep("lily-1", "who knows").path.extension() == ".bin");
    BOOST_TEST(keep("lily-2", "").bytes == 0U);

    BOOST_TEST(found("lily-1") == "who knows");
    BOOST_TEST(found("lily-2").empty());
}

BOOST_AUTO_TEST_CASE(is_there_and_counted_when_the_folder_is_opened_again)
{
    keep("lily-1", samples::jpeg(400));
    keep("lily-2", "who knows");
    media::Folder again{place, room};

    BOOST_TEST(again.bytes() == 409U);
    const auto kept = again.find("lily-1");
    BOOST_TEST_REQUIRE((kept.has_value() && kept->has_value()));
    BOOST_TEST((*kept)->bytes == 400U);
    BOOST_TEST((*kept)->mime == "image/jpeg");
    BOOST_TEST((*kept)->sha256 == sha256(samples::jpeg(400)));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(the_limit, AFolder)

BOOST_AUTO_TEST_CASE(is_of_all_files_together_to_the_byte)
{
    keep("lily-1", samples::jpeg(600));
    is_full_for("lily-2", samples::jpeg(401));
    BOOST_TEST(files.bytes() == 600U);
    BOOST_TEST(count() == 1U);

    keep("lily-2", samples::jpeg(400));
    BOOST_TEST(files.bytes() == room);
}

BOOST_AUTO_TEST_CASE(gets_back_what_is_removed)
{
    const auto kept = keep("lily-1", samples::jpeg(1000));
    is_full_for("lily-2", samples::jpeg(100));

    files.remove(kept.path);
    BOOST_TEST(files.bytes() == 0U);
    keep("lily-2", samples::jpeg(1000));
}

BOOST_AUTO_TEST_CASE(counts_a_file_that_takes_another_s_place_once)
{
    keep("lily-1", samples::jpeg(800));
    keep("lily-1", samples::jpeg(900));
    BOOST_TEST(files.bytes() == 900U);

    keep("lily-1", samples::mp4(1000));
    BOOST_TEST(files.bytes() == 1000U);
    is_full_for("lily-1", samples::jpeg(1001));
    BOOST_TEST(found("lily-1") == samples::mp4(1000));
}

BOOST_AUTO_TEST_CASE(does_not_fall_below_nothing_by_what_another_instance_has_kept)
{
    media::Folder other{place, room};
    const auto kept = other.keep("tom-1", samples::jpeg(500));

    files.remove(kept->path);
    BOOST_TEST(files.bytes() == 0U);
    keep("lily-1", samples::jpeg(1000));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(removing, AFolder)

BOOST_AUTO_TEST_CASE(takes_the_file_away_and_twice_is_once)
{
    const auto kept = keep("lily-1", samples::jpeg(400));
    files.remove(kept.path);
    files.remove(kept.path);
    files.remove(place / "never was");

    BOOST_TEST(found("lily-1") == "nothing");
    BOOST_TEST(files.bytes() == 0U);
}

BOOST_AUTO_TEST_CASE(by_age_takes_what_is_older_and_nothing_else)
{
    const auto old = keep("lily-1", samples::jpeg(400));
    keep("lily-2", samples::jpeg(300));
    fs::last_write_time(old.path, fs::file_time_type::clock::now() - 25h);

    files.remove_older_than(24h);
    BOOST_TEST(found("lily-1") == "nothing");
    BOOST_TEST(found("lily-2") == samples::jpeg(300));
    BOOST_TEST(files.bytes() == 300U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(what_a_crash_has_left_half_written, AFolder)

BOOST_AUTO_TEST_CASE(is_never_found_and_never_counted)
{
    const auto kept = keep("lily-1", samples::jpeg(400));
    files.remove(kept.path);
    write(kept.path.string() + ".part", samples::jpeg(100));
    media::Folder again{place, room};

    BOOST_TEST(again.bytes() == 0U);
    BOOST_TEST(!again.find("lily-1")->has_value());
}

BOOST_AUTO_TEST_CASE(gives_way_to_the_whole_file)
{
    const auto part = keep("lily-1", samples::jpeg(400)).path.string() + ".part";
    write(part, samples::jpeg(700));
    media::Folder again{place, room};
    BOOST_TEST(again.keep("lily-1", samples::jpeg(500)).has_value());

    BOOST_TEST(again.bytes() == 500U);
    BOOST_TEST(!fs::exists(part));
}

BOOST_AUTO_TEST_CASE(goes_by_its_age)
{
    const auto part = keep("lily-1", samples::jpeg(400)).path.string() + ".part";
    write(part, samples::jpeg(100));
    media::Folder again{place, room};
    fs::last_write_time(part, fs::file_time_type::clock::now() - 25h);

    again.remove_older_than(24h);
    BOOST_TEST(!fs::exists(part));
    BOOST_TEST(again.bytes() == 400U);
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

// Keeps a file, then one for which the disk has no room. Gives 0 where the first is there and nothing else is.
int fill_the_disk(const fs::path& place)
{
    std::signal(SIGXFSZ, SIG_IGN);
    media::Folder files{place, 1U << 20U};
    if (!files.keep("lily-1", samples::jpeg(1000)))
        return 1;
    const rlimit limit{2000, 2000};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 2;
    const auto kept = files.keep("lily-1", samples::jpeg(5000));
    if (kept || kept.error().code != errc::media_full || kept.error().detail.empty())
        return 3;
    if (files.bytes() != 1000 || std::distance(fs::directory_iterator{place}, {}) != 1)
        return 4;
    const auto before = files.find("lily-1");
    return before && *before && (*before)->bytes == 1000 ? 0 : 5;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(without_room_on_the_disk, config::Folder)

BOOST_AUTO_TEST_CASE(nothing_is_kept_and_what_was_there_stays)
{
    BOOST_TEST(in_a_child([&] { return fill_the_disk(path / "files"); }) == 0);
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_had_shows_at_the_first_file)
{
    media::Folder files{fs::path{write("a file", "and no folder")} / "files", room};

    BOOST_TEST(files.bytes() == 0U);
    const auto kept = files.keep("lily-1", samples::jpeg());
    BOOST_TEST_REQUIRE(!kept.has_value());
    BOOST_TEST((kept.error().code == errc::media_full));
    BOOST_TEST(kept.error().detail == "a file could not be kept: Not a directory");
    BOOST_TEST(!files.find("lily-1")->has_value());
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

// What a contact has sent, and its file in a folder with room for it.
struct AMessage : config::Folder {
    media::Folder files{path / "files", 1U << 20U};

    static Content of_kind(Kind kind)
    {
        Content content;
        content.kind = kind;
        content.text = "As it was";
        content.data = {{"media_id", "M1"}};
        return content;
    }
    Content keep(Kind kind, const std::string& bytes)
    {
        auto kept = keep_file(files, "lily-1", of_kind(kind), bytes);
        BOOST_TEST_REQUIRE(kept.has_value());
        return *kept;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_contact_s_file, AMessage)

BOOST_AUTO_TEST_CASE(fills_its_message_and_leaves_the_rest_as_it_was)
{
    const auto bytes = samples::jpeg(500);
    const auto content = keep(Kind::image, bytes);

    BOOST_TEST(content.text == "As it was");
    BOOST_TEST((read_file(content.path) == bytes));
    BOOST_TEST(content.mime == "image/jpeg");
    BOOST_TEST(content.name == "image.jpg");
    BOOST_TEST(content.bytes == 500U);
    BOOST_TEST(
        (content.data == std::map<std::string, std::string>{{"media_id", "M1"}, {"sha256", sha256(bytes)}})
    );
}

BOOST_AUTO_TEST_CASE(of_a_voice_has_one_beside_it_that_browsers_play)
{
    const auto content = keep(Kind::voice, samples::amr(50));

    BOOST_TEST(content.mime == "audio/amr");
    BOOST_TEST(content.name == "voice.amr");
    BOOST_TEST(content.data.at("playable_mime") == "audio/wav");
    BOOST_TEST(read_file(content.data.at("playable")).starts_with("RIFF"));
    BOOST_TEST(content.data.at("playable") != content.path);
}

BOOST_AUTO_TEST_CASE(of_a_voice_that_browsers_play_or_nobody_can_decode_stands_alone)
{
    BOOST_TEST(!keep(Kind::voice, samples::mp3(50)).data.contains("playable"));
    BOOST_TEST(!keep(Kind::voice, "\x02#!SILK_V3").data.contains("playable"));
}

BOOST_AUTO_TEST_CASE(is_enough_where_there_is_no_room_for_the_other_one)
{
    const auto recording = samples::amr(50);
    media::Folder small{path / "small", recording.size() + 10};
    const auto kept = keep_file(small, "lily-1", of_kind(Kind::voice), recording);

    BOOST_TEST_REQUIRE(kept.has_value());
    BOOST_TEST(!kept->data.contains("playable"));
    BOOST_TEST((read_file(kept->path) == recording));
}

BOOST_AUTO_TEST_CASE(is_found_again_as_it_was_kept)
{
    const auto kept = keep(Kind::voice, samples::amr(50));
    const auto used = files.bytes();
    const auto found = find_file(files, "lily-1", of_kind(Kind::voice));

    BOOST_TEST_REQUIRE((found.has_value() && found->has_value()));
    BOOST_TEST((**found == kept));
    BOOST_TEST(files.bytes() == used);
    BOOST_TEST(!find_file(files, "lily-2", of_kind(Kind::voice))->has_value());
}

BOOST_AUTO_TEST_CASE(that_is_there_is_not_missing_any_more)
{
    auto content = of_kind(Kind::image);
    content.data["missing"] = "media_not_fetched";
    content.data["missing_text"] = "the picture is not there yet";
    const auto kept = keep_file(files, "lily-1", content, samples::jpeg());

    BOOST_TEST(!kept->data.contains("missing"));
    BOOST_TEST(!kept->data.contains("missing_text"));
}

BOOST_AUTO_TEST_CASE(goes_with_the_one_beside_it)
{
    const auto content = keep(Kind::voice, samples::amr(50));
    remove_file(files, content);

    BOOST_TEST(files.bytes() == 0U);
    BOOST_TEST(fs::is_empty(path / "files"));
    remove_file(files, of_kind(Kind::voice));  // has none
}

BOOST_AUTO_TEST_CASE(for_which_there_is_no_room_has_a_reason)
{
    media::Folder small{path / "small", 10};
    const auto kept = keep_file(small, "lily-1", of_kind(Kind::image), samples::jpeg());

    BOOST_TEST_REQUIRE(!kept.has_value());
    BOOST_TEST((kept.error().code == errc::media_full));
}

BOOST_AUTO_TEST_SUITE_END()
