// Files of strangers over HTTP: whole, in parts, and harmless.
#include "http/file_answer.hpp"
#include "stage.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <fstream>
#include <map>

namespace {

using namespace host;
using namespace host::test;

struct WithFile {
    WithFile() { std::ofstream{path} << "0123456789"; }

    http::Answer ask(const std::string& range = {}, const std::string& mime = "audio/wav")
    {
        return http::file_answer(path, mime, "a file.wav", range).value();
    }
    static std::string header(const http::Answer& answer, const std::string& name)
    {
        const std::map<std::string, std::string> all{answer.headers.begin(), answer.headers.end()};
        const auto found = all.find(name);
        return found == all.end() ? "" : found->second;
    }

    TemporaryFolder folder;
    std::filesystem::path path = folder.path() / "file";
};

struct Asked {
    std::string range, part, of;
};
std::ostream& operator<<(std::ostream& out, const Asked& asked)
{
    return out << asked.range;
}

const std::vector<Asked> parts{
    {"bytes=0-3", "0123", "bytes 0-3/10"},
    {"bytes=4-4", "4", "bytes 4-4/10"},
    {"bytes=7-", "789", "bytes 7-9/10"},
    {"bytes=7-99", "789", "bytes 7-9/10"},
    {"bytes=-3", "789", "bytes 7-9/10"},
    {"bytes=-99", "0123456789", "bytes 0-9/10"},
};

BOOST_AUTO_TEST_SUITE(a_file)

BOOST_DATA_TEST_CASE_F(WithFile, comes_in_the_part_that_is_asked_for, parts, asked)
{
    const auto answer = ask(asked.range);

    BOOST_TEST(answer.status == 206U);
    BOOST_TEST(answer.body == asked.part);
    BOOST_TEST(header(answer, "Content-Range") == asked.of);
}

BOOST_DATA_TEST_CASE_F(
    WithFile,
    comes_whole_where_the_range_is_none,
    boost::unit_test::data::make(
        {"", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=0-1,3-4", "lines=0-1", "bytes=1"}
    ),
    range
)
{
    const auto answer = ask(range);

    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(answer.body == "0123456789");
    BOOST_TEST(header(answer, "Accept-Ranges") == "bytes");
}

BOOST_FIXTURE_TEST_CASE(has_nothing_behind_its_end, WithFile)
{
    for (const auto* range : {"bytes=10-", "bytes=99-100", "bytes=-0"}) {
        const auto answer = ask(range);
        BOOST_TEST(answer.status == 416U, range);
        BOOST_TEST(header(answer, "Content-Range") == "bytes */10", range);
    }
}

BOOST_FIXTURE_TEST_CASE(is_shown_where_a_page_may_show_it_and_saved_else, WithFile)
{
    const auto shown = ask();
    BOOST_TEST(shown.type == "audio/wav");
    BOOST_TEST(header(shown, "Content-Disposition") == "inline; filename*=UTF-8''a%20file.wav");

    for (const auto* mime : {"text/html", "image/svg+xml", "application/javascript", ""}) {
        const auto saved = ask("", mime);
        BOOST_TEST(saved.type == "application/octet-stream", mime);
        BOOST_TEST(header(saved, "Content-Disposition").starts_with("attachment"), mime);
        BOOST_TEST(header(saved, "Content-Security-Policy") == "default-src 'none'; sandbox", mime);
    }
}

BOOST_FIXTURE_TEST_CASE(has_a_name_that_cannot_leave_its_header, WithFile)
{
    const auto answer = http::file_answer(path, "audio/wav", "a\"\r\nSet-Cookie: 你.wav", "").value();

    BOOST_TEST(
        header(answer, "Content-Disposition")
        == "inline; filename*=UTF-8''a%22%0D%0ASet-Cookie%3A%20%E4%BD%A0.wav"
    );
}

BOOST_FIXTURE_TEST_CASE(that_is_gone_is_no_answer, WithFile)
{
    BOOST_TEST(!http::file_answer(folder.path() / "none", "audio/wav", "", "").has_value());
    BOOST_TEST(!http::file_answer(folder.path(), "audio/wav", "", "").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
