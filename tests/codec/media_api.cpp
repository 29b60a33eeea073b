// Files on their way to the platform and from it (wechat-protocol.md 4.5).
#include "codec/media_api.hpp"

#include "codec/errcode.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <random>

using namespace wechat;
using namespace wechat::codec;
using namespace std::string_literals;
namespace data = boost::unit_test::data;

namespace {

std::string boundary_of(const Form& form)
{
    const std::string before = "multipart/form-data; boundary=";
    BOOST_TEST_REQUIRE(form.content_type.starts_with(before));
    return form.content_type.substr(before.size());
}

std::size_t occurrences(const std::string& text, const std::string& what)
{
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++count;
    return count;
}

MediaAnswer read(std::string_view content_type, std::string body)
{
    auto answer = read_media_answer(content_type, std::move(body));
    BOOST_TEST_REQUIRE(answer.has_value());
    return *answer;
}

errc fault_of(std::string_view content_type, std::string body)
{
    const auto answer = read_media_answer(content_type, std::move(body));
    BOOST_TEST_REQUIRE(!answer.has_value());
    return answer.error().code;
}

const std::string picture = "\xFF\xD8\xFF\xE0{\"errcode\":40007}\r\n\x00<html>"s;

}  // namespace

BOOST_AUTO_TEST_SUITE(an_upload)

BOOST_AUTO_TEST_CASE(is_one_part_exactly_as_the_platform_wants_it)
{
    const auto form = upload_form("image.jpg", "image/jpeg", picture);
    const auto boundary = boundary_of(form);

    BOOST_TEST(
        form.body
        == "--" + boundary
               + "\r\nContent-Disposition: form-data; name=\"media\"; filename=\"image.jpg\"\r\n"
                 "Content-Type: image/jpeg\r\n\r\n"
               + picture + "\r\n--" + boundary + "--\r\n"
    );
}

BOOST_AUTO_TEST_CASE(has_a_boundary_of_letters_and_digits_that_needs_no_quotes)
{
    const auto boundary = boundary_of(upload_form("a.jpg", "image/jpeg", "x"));

    BOOST_TEST(!boundary.empty());
    BOOST_TEST(boundary.size() <= 70U);  // RFC 2046, 5.1.1
    BOOST_TEST(std::ranges::all_of(boundary, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }));
}

BOOST_AUTO_TEST_CASE(is_the_same_each_time)
{
    BOOST_TEST(
        upload_form("a.jpg", "image/jpeg", picture).body == upload_form("a.jpg", "image/jpeg", picture).body
    );
}

BOOST_AUTO_TEST_CASE(of_a_file_that_holds_its_boundary_has_another_one)
{
    const std::string other(200, 'x');
    const auto first = boundary_of(upload_form("a.bin", "x/y", other));
    const auto bytes = first + other.substr(first.size());  // as long, hence with the same one
    const auto form = upload_form("a.bin", "x/y", bytes);

    BOOST_TEST(boundary_of(form) != first);
    BOOST_TEST(occurrences(bytes, boundary_of(form)) == 0U);
    BOOST_TEST(occurrences(form.body, boundary_of(form)) == 2U);
}

BOOST_AUTO_TEST_CASE(may_be_of_any_bytes_or_none)
{
    std::mt19937 random{20240613};
    for (const std::size_t size : {0U, 1U, 1000U, 100'000U}) {
        std::string bytes(size, '\0');
        for (auto& byte : bytes)
            byte = static_cast<char>(random());
        const auto form = upload_form("a.bin", "x/y", bytes);
        const auto begin = form.body.find("\r\n\r\n") + 4;
        BOOST_TEST((form.body.substr(begin, size) == bytes));
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_answer_with_a_file)

BOOST_AUTO_TEST_CASE(is_the_file_byte_by_byte_and_its_type)
{
    const auto answer = read("image/jpeg", picture);

    BOOST_TEST((answer.bytes == picture));
    BOOST_TEST(answer.mime == "image/jpeg");
    BOOST_TEST(answer.verdict.errcode == 0);
    BOOST_TEST(answer.video_url.empty());
}

BOOST_AUTO_TEST_CASE(has_the_type_of_the_header_without_what_follows)
{
    BOOST_TEST(read("audio/amr; charset=binary", "#!AMR\n").mime == "audio/amr");
    BOOST_TEST(read(" voice/speex ", "x").mime == "voice/speex");
}

BOOST_DATA_TEST_CASE(
    has_no_type_where_the_header_speaks_of_text,
    data::make<std::string>({"", "text/plain", "text/html; charset=utf-8", "application/json; encoding=utf-8"}
    )
)
{
    BOOST_TEST((read(sample, picture).bytes == picture));
    BOOST_TEST(read(sample, picture).mime.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_answer_in_json)

BOOST_DATA_TEST_CASE(
    is_a_verdict_whatever_the_header_says,
    data::make<std::string>({"text/plain", "application/json; encoding=utf-8", "image/jpeg", ""})
)
{
    const auto answer =
        read(sample, R"({"errcode":40007,"errmsg":"invalid media_id hint: [a] rid: 61-62-63"})");

    BOOST_TEST(answer.verdict.errcode == 40007);
    BOOST_TEST((row_of(answer.verdict.errcode).meaning == Meaning::upload_again));
    BOOST_TEST(answer.verdict.text == "invalid media_id hint: [a]");
    BOOST_TEST(answer.verdict.rid == "61-62-63");
    BOOST_TEST(answer.bytes.empty());
}

BOOST_AUTO_TEST_CASE(may_say_where_a_video_lies)
{
    const auto answer = read("text/plain", R"({"video_url":"http:\/\/vweixinp.tc.qq.com\/1?a=b"})");

    BOOST_TEST(answer.video_url == "http://vweixinp.tc.qq.com/1?a=b");
    BOOST_TEST(answer.verdict.errcode == 0);
    BOOST_TEST(answer.bytes.empty());
}

BOOST_DATA_TEST_CASE(
    is_told_from_a_file_although_something_stands_before_it,
    data::make<std::string>(
        {"\xEF\xBB\xBF{\"errcode\":40001}",
         " {\"errcode\":40001}",
         "\r\n{\"errcode\":40001}\r\n",
         "\xEF\xBB\xBF\n{\"errcode\":40001}"}
    )
)
{
    BOOST_TEST(read("text/plain", sample).verdict.errcode == 40001);
    BOOST_TEST(read("text/plain", sample).bytes.empty());
}

BOOST_AUTO_TEST_CASE(is_read_although_it_holds_raw_controls)
{
    const auto answer = read("text/plain", "{\"errcode\":40007,\"errmsg\":\"in\x1dvalid\nmedia_id\"}");

    BOOST_TEST(answer.verdict.errcode == 40007);
    BOOST_TEST(answer.verdict.text == "invalid\nmedia_id");
}

BOOST_DATA_TEST_CASE(
    that_says_nothing_or_is_cut_short_is_a_fault,
    data::make<std::string>(
        {"{",
         "{}",
         R"({"errcode":)",
         R"({"errcode":40007,"errmsg":"inva)",
         R"({"errcode":0})",
         R"({"errcode":0,"errmsg":"ok"})",
         R"({"errcode":"many"})",
         R"({"video_url":"http://vweixinp)",
         R"({"video_url":""})",
         R"({"video_url":null})"}
    )
)
{
    BOOST_TEST((fault_of("text/plain", sample) == errc::bad_answer));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_answer_that_is_neither)

BOOST_AUTO_TEST_CASE(but_empty_is_a_fault)
{
    BOOST_TEST((fault_of("image/jpeg", "") == errc::bad_answer));
    BOOST_TEST((fault_of("", " \r\n") == errc::bad_answer));
}

BOOST_DATA_TEST_CASE(
    but_a_gateway_s_page_is_no_file,
    data::make<std::string>(
        {"<html><body>Please log in</body></html>",
         "<!DOCTYPE html>\n<html>",
         "\n <HTML>",
         "\xEF\xBB\xBF<html>",
         "<?xml version=\"1.0\"?><Error/>"}
    )
)
{
    for (const auto* content_type : {"text/html", "image/jpeg", ""})
        BOOST_TEST((fault_of(content_type, sample) == errc::bad_answer));
}

BOOST_AUTO_TEST_SUITE_END()
