// What WeChat takes from an account (S5; wechat-protocol.md 4.5).
#include "config/folder.hpp"
#include "media/limits.hpp"
#include "media/samples.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

using namespace wechat;
using namespace wechat::media;
using boost::unit_test::label;

BOOST_TEST_DONT_PRINT_LOG_VALUE(Unfit)

namespace {

constexpr std::size_t megabyte = 1024U * 1024U;

void fits(Kind kind, const std::string& bytes)
{
    const auto judgement = judge(kind, bytes);
    BOOST_TEST((judgement.why == Unfit::none), judgement.words);
    BOOST_TEST(judgement.words.empty());
}

void is_refused(Kind kind, const std::string& bytes, Unfit why, const std::string& words)
{
    const auto judgement = judge(kind, bytes);
    BOOST_TEST((judgement.why == why));
    BOOST_TEST(judgement.words == words);
}

}  // namespace

BOOST_TEST_DECORATOR(*label("S5"))
BOOST_AUTO_TEST_SUITE(a_file)

BOOST_AUTO_TEST_CASE(of_the_limit_fits_and_of_one_byte_more_is_too_large)
{
    fits(Kind::image, samples::jpeg(10 * megabyte));
    is_refused(
        Kind::image,
        samples::jpeg(10 * megabyte + 1),
        Unfit::too_large,
        "the limit is 10485760 bytes, the file has 10485761"
    );
    fits(Kind::video, samples::mp4(10 * megabyte));
    is_refused(
        Kind::video,
        samples::mp4(10 * megabyte + 1),
        Unfit::too_large,
        "the limit is 10485760 bytes, the file has 10485761"
    );
    fits(Kind::voice, samples::of_size(samples::amr(10), 2 * megabyte));
    is_refused(
        Kind::voice,
        samples::of_size(samples::amr(10), 2 * megabyte + 1),
        Unfit::too_large,
        "the limit is 2097152 bytes, the file has 2097153"
    );
}

BOOST_AUTO_TEST_CASE(is_of_a_format_that_the_kind_takes)
{
    for (const auto& bytes : {samples::jpeg(), samples::png_head, std::string{"GIF89a"}})
        fits(Kind::image, bytes);
    fits(Kind::voice, samples::amr(10));
    fits(Kind::voice, samples::mp3(100));
    fits(Kind::video, samples::mp4());
}

BOOST_AUTO_TEST_CASE(of_another_format_is_refused_with_those_it_may_have)
{
    const auto why = Unfit::unsupported_format;
    is_refused(Kind::image, samples::mp4(), why, "WeChat takes JPEG, PNG or GIF, the file is video/mp4");
    is_refused(Kind::voice, samples::jpeg(), why, "WeChat takes AMR or MP3, the file is image/jpeg");
    is_refused(Kind::voice, samples::amr_wb(10), why, "WeChat takes AMR or MP3, the file is audio/amr-wb");
    is_refused(Kind::video, "no video", why, "WeChat takes MP4, the file is application/octet-stream");
}

BOOST_AUTO_TEST_CASE(of_the_longest_recording_fits_and_one_frame_more_is_too_long)
{
    fits(Kind::voice, samples::amr(3000));
    is_refused(Kind::voice, samples::amr(3001), Unfit::too_long, "the limit is 60 s, the recording has 61 s");
    fits(Kind::voice, samples::mp3(2500));
    is_refused(Kind::voice, samples::mp3(2501), Unfit::too_long, "the limit is 60 s, the recording has 61 s");
}

BOOST_AUTO_TEST_CASE(of_which_nobody_can_tell_how_long_it_is_is_refused)
{
    const auto words = "nobody can tell how long the recording is";
    is_refused(Kind::voice, samples::id3(100), Unfit::unsupported_format, words);
    is_refused(Kind::voice, samples::amr(0), Unfit::unsupported_format, words);
    is_refused(Kind::voice, samples::amr_magic + "garbage", Unfit::unsupported_format, words);
}

BOOST_AUTO_TEST_CASE(is_nothing_that_other_kinds_have)
{
    for (const auto kind : {Kind::text, Kind::location, Kind::link, Kind::file, Kind::unsupported})
        fits(kind, "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_TEST_DECORATOR(*label("S5"))
BOOST_FIXTURE_TEST_SUITE(a_file_on_the_disk, config::Folder)

BOOST_AUTO_TEST_CASE(is_judged_by_its_bytes_and_not_by_its_name)
{
    BOOST_TEST((judge_file(Kind::image, write("a.mp4", samples::jpeg())).why == Unfit::none));
    BOOST_TEST((judge_file(Kind::image, write("a.jpg", samples::mp4())).why == Unfit::unsupported_format));
}

BOOST_AUTO_TEST_CASE(that_is_too_large_is_refused_by_its_size)
{
    const auto file = write("a.amr", samples::of_size(samples::amr(10), 2 * megabyte + 1));

    BOOST_TEST(judge_file(Kind::voice, file).words == "the limit is 2097152 bytes, the file has 2097153");
}

BOOST_AUTO_TEST_CASE(that_is_not_there_is_unreadable)
{
    const auto judgement = judge_file(Kind::image, (path / "none.jpg").string());

    BOOST_TEST((judgement.why == Unfit::unreadable));
    BOOST_TEST(judgement.words == "its file cannot be read: No such file or directory");
}

BOOST_AUTO_TEST_CASE(that_is_a_directory_or_empty_is_unreadable)
{
    BOOST_TEST((judge_file(Kind::image, path.string()).why == Unfit::unreadable));
    BOOST_TEST((judge_file(Kind::image, write("empty.jpg", "")).why == Unfit::unreadable));
    BOOST_TEST((judge_file(Kind::image, "").why == Unfit::unreadable));
}

BOOST_AUTO_TEST_CASE(is_read_whole)
{
    const auto bytes = samples::jpeg(100'000);

    BOOST_TEST((read_file(write("a.jpg", bytes)) == bytes));
    BOOST_TEST(read_file((path / "none.jpg").string()).empty());
    BOOST_TEST(read_file(path.string()).empty());
}

BOOST_AUTO_TEST_SUITE_END()
