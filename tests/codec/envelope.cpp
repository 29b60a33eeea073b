#include "codec/envelope.hpp"

#include "codec/base64.hpp"
#include "codec/vectors.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <thread>

using namespace wechat;
using namespace wechat::codec;
namespace data = boost::unit_test::data;

namespace {

Result<std::string> opened(const vectors::Entry& entry, std::string_view key)
{
    const auto sealed = from_base64(entry.text("encrypt")).value();
    return open_envelope(sealed, AesKey::from_encoding_aes_key(key).value(), entry.text("app_id"));
}

std::string fault_of(const Result<std::string>& result)
{
    return result ? "none" : std::string{name_of(result.error().code)};
}

const std::string some_key(43, 'a');

}  // namespace

BOOST_AUTO_TEST_SUITE(an_envelope)

BOOST_DATA_TEST_CASE(of_another_tool_is_opened_or_refused_as_it_must_be, data::make(vectors::ours("crypt")))
{
    const auto message = opened(sample, sample.text("encoding_aes_key"));

    if (sample.at("fault").is_string())
        BOOST_TEST(fault_of(message) == sample.text("fault"));
    else
        BOOST_TEST(message.value() == sample.text("message"));
}

BOOST_DATA_TEST_CASE(is_sealed_byte_for_byte_as_by_another_tool, data::make(vectors::ours("crypt")))
{
    const auto key = AesKey::from_encoding_aes_key(sample.text("encoding_aes_key")).value();
    const auto random = vectors::random_from(vectors::from_hex(sample.text("random")));

    const auto encrypt = seal_envelope(sample.text("message"), key, sample.text("app_id"), random);

    BOOST_TEST((encrypt == sample.text("encrypt")) == sample.at("fault").is_null());
}

BOOST_DATA_TEST_CASE(
    with_less_than_a_head_behind_the_padding_is_refused, data::make(vectors::ours("headless"))
)
{
    BOOST_TEST(fault_of(opened(sample, sample.text("encoding_aes_key"))) == "bad_ciphertext");
}

BOOST_DATA_TEST_CASE(of_no_whole_blocks_is_refused, data::make({0, 1, 15, 17, 31, 100}))
{
    const std::vector<unsigned char> bytes(static_cast<std::size_t>(sample), 7);

    const auto message = open_envelope(bytes, AesKey::from_encoding_aes_key(some_key).value(), "wx");

    BOOST_TEST(fault_of(message) == "bad_ciphertext");
}

BOOST_AUTO_TEST_CASE(opened_with_another_key_is_refused)
{
    const auto& entry = vectors::ours("crypt").front();

    BOOST_TEST(fault_of(opened(entry, some_key)) == "bad_ciphertext");
}

BOOST_AUTO_TEST_CASE(beyond_every_limit_is_refused)
{
    const std::vector<unsigned char> bytes(largest_envelope + 16, 7);

    const auto message = open_envelope(bytes, AesKey::from_encoding_aes_key(some_key).value(), "wx");

    BOOST_TEST(fault_of(message) == "bad_ciphertext");
}

BOOST_AUTO_TEST_CASE(is_different_each_time_although_the_message_is_the_same)
{
    const auto key = AesKey::from_encoding_aes_key(some_key).value();

    BOOST_TEST(
        seal_envelope("Hello", key, "wx", random_bytes()) != seal_envelope("Hello", key, "wx", random_bytes())
    );
}

BOOST_AUTO_TEST_CASE(may_be_opened_by_several_threads_with_one_key)
{
    const auto key = AesKey::from_encoding_aes_key(some_key).value();
    const auto sealed = from_base64(seal_envelope("Hello", key, "wx", random_bytes())).value();
    std::atomic<int> good = 0;
    const auto work = [&] {
        for (int i = 0; i < 500; ++i)
            good += open_envelope(sealed, key, "wx") == Result<std::string>{"Hello"} ? 1 : 0;
    };

    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back(work);
    for (auto& thread : threads)
        thread.join();

    BOOST_TEST(good == 2000);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_key)

BOOST_AUTO_TEST_CASE(that_is_not_43_characters_of_base64_is_refused)
{
    for (const std::string text : {"", "abc", "42aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
        BOOST_TEST(!AesKey::from_encoding_aes_key(text));
    BOOST_TEST(!AesKey::from_encoding_aes_key(std::string(44, 'a')));
    BOOST_TEST(!AesKey::from_encoding_aes_key(std::string(42, 'a') + "="));
    BOOST_TEST(!AesKey::from_encoding_aes_key(std::string(42, 'a') + "-"));
}

BOOST_AUTO_TEST_CASE(is_the_same_whatever_the_two_lowest_bits_of_its_last_character)
{
    const auto sealed_with = [](char last) {
        return seal_envelope(
            "Hello", AesKey::from_encoding_aes_key(std::string(42, 'k') + last).value(), "wx", {}
        );
    };

    BOOST_TEST(sealed_with('A') == sealed_with('D'));
    BOOST_TEST(sealed_with('A') != sealed_with('E'));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(base64)

BOOST_DATA_TEST_CASE(of_another_tool_is_read_and_written, data::make(vectors::ours("base64")))
{
    const auto bytes = vectors::from_hex(sample.text("hex"));

    const auto read = from_base64(sample.text("base64")).value();

    BOOST_TEST((std::string{read.begin(), read.end()} == bytes));
    BOOST_TEST(to_base64(read) == sample.text("base64"));
}

BOOST_DATA_TEST_CASE(
    with_anything_strange_is_refused,
    data::make<std::string>(
        {"a",
         "ab",
         "abc",
         "abcde",
         "====",
         "a===",
         "=abc",
         "ab=c",
         "a=bc",
         "ab==abcd",
         "ab c",
         "abc\n",
         "ab\n=",
         "ab-_",
         "\xC3\xA4zz",
         "abc=abc="}
    )
)
{
    BOOST_TEST(!from_base64(sample));
}

BOOST_AUTO_TEST_CASE(is_read_although_trailing_bits_are_not_zero)
{
    const auto bytes = from_base64("QR==").value();

    BOOST_TEST((bytes == std::vector<unsigned char>{'A'}));
}

BOOST_AUTO_TEST_SUITE_END()
