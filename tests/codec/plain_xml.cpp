// The short way through a document against the parser's: whatever it takes, it must read as the parser would.
#include "codec/plain_xml.hpp"

#include "codec/document.hpp"
#include "codec/vectors.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace wechat;
using namespace wechat::codec;
namespace data = boost::unit_test::data;

namespace {

// A blank before the document is nothing to the parser, and more than the short way puts up with.
Result<Fields> by_the_parser(const std::string& document)
{
    return read_fields(' ' + document, largest_document + 1);
}

bool same(const Result<Fields>& one, const Result<Fields>& other)
{
    return one.has_value() == other.has_value()
        && (one ? *one == *other : one.error().code == other.error().code);
}

bool is_plain(std::string document)
{
    return read_plain_xml(document).has_value();
}

const std::string usual =
    "<xml><ToUserName><![CDATA[gh_1]]></ToUserName>\n<FromUserName><![CDATA[oA]]></FromUserName>\n"
    "<CreateTime>1700000000</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n"
    "<Content><![CDATA[1 < 2 & 你好，😂]]></Content>\n<MsgId>6526133992738756795</MsgId>\n</xml>";

// What the short way leaves to the parser, with what it must not mistake for it.
const std::vector<std::string> unusual{
    "<xml></xml> more",
    "<xml><A>1</A></xml><B/>",
    "<xml><A>1</A>text<B>2</B></xml>",
    "<xml><A>1</A><A>2</A></xml>",
    "<xml><A><B>1</B></A></xml>",
    "<xml><A/></xml>",
    "<xml><A x=\"1\">1</A></xml>",
    "<xml><A>1</B></xml>",
    "<xml><A>1</A ></xml>",
    "<xml><A>1</A>",
    "<xml><A><![CDATA[1]]><![CDATA[2]]></A></xml>",
    "<xml><A><![CDATA[1]]>2</A></xml>",
    "<xml><A><![CDATA[1]]</A></xml>",
    "<xml><A>&amp;</A></xml>",
    "<xml><A>&#29;</A></xml>",
    "<xml><A>a\r\nb</A></xml>",
    "<xml><A>a\x1d"
    "b</A></xml>",
    "<xml><A>\xEF\xBF\xBF</A></xml>",
    "<xml><!-- --><A>1</A></xml>",
    "<xml><A>1</A><?x?></xml>",
    "<!DOCTYPE a><xml><A>1</A></xml>",
    "<xml><1>1</1></xml>",
    "<xml >1</xml>",
    std::string{"<xml><A>a\0b</A></xml>", 20},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_document_of_one_level)

BOOST_AUTO_TEST_CASE(is_read_without_the_parser)
{
    BOOST_TEST(is_plain(usual));
    BOOST_TEST(is_plain("<xml><A></A></xml>\n"));
    BOOST_TEST(is_plain("<xml><A> 1 </A>\t<B_2><![CDATA[]]></B_2></xml>"));
}

BOOST_AUTO_TEST_CASE(keeps_every_leaf_verbatim)
{
    const auto fields = read_fields(usual, largest_document).value();

    BOOST_TEST(fields.size() == 6U);
    BOOST_TEST(fields.at("Content") == "1 < 2 & 你好，😂");
    BOOST_TEST(fields.at("MsgId") == "6526133992738756795");
    BOOST_TEST(!fields.contains("Msg"));
}

BOOST_DATA_TEST_CASE(is_left_as_it_was_where_the_parser_must_look, data::make(unusual))
{
    auto document = sample;

    BOOST_TEST(!read_plain_xml(document).has_value());

    BOOST_TEST(document == sample);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(reads_as_the_parser_does)

BOOST_DATA_TEST_CASE(what_is_unusual, data::make(unusual))
{
    BOOST_TEST(same(read_fields(sample, largest_document), by_the_parser(sample)));
}

BOOST_AUTO_TEST_CASE(whatever_byte_is_changed_or_missing)
{
    BOOST_TEST(same(read_fields(usual, largest_document), by_the_parser(usual)));
    for (std::size_t i = 0; i < usual.size(); ++i) {
        for (const char byte : std::string{
                 "<>&/!]['\" \r\n\x1d"
                 "aA\xEF\xBF\x80",
                 19}) {
            auto changed = usual;
            changed[i] = byte;
            BOOST_TEST(same(read_fields(changed, largest_document), by_the_parser(changed)), changed);
        }
        auto shorter = usual;
        shorter.erase(i, 1);
        BOOST_TEST(same(read_fields(shorter, largest_document), by_the_parser(shorter)), shorter);
    }
}

BOOST_DATA_TEST_CASE(every_message_of_the_vectors, data::make(vectors::ours("crypt")))
{
    const auto document = sample.text("message");

    BOOST_TEST(same(read_fields(document, largest_document), by_the_parser(document)));
}

BOOST_AUTO_TEST_SUITE_END()
