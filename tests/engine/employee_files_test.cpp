// Employees' pictures, recordings, videos, links and places: what WeChat gets of them, and what it is spared.
#include "engine/an_engine.hpp"
#include "media/samples.hpp"
#include "media/thumbnail.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::engine;
using boost::test_tools::per_element;
using boost::unit_test::label;
using scripted::errcode;

namespace {

const std::string picture = samples::jpeg(500);

// Ana talks with Lily and with Tom.
struct EmployeeFiles : AnEngine {
    EmployeeFiles() : AnEngine(patient)
    {
        open("lily");
        open("tom");
    }
    void sends_picture(const std::string& contact, const std::string& id, const std::string& bytes = picture)
    {
        employee_sends_file(contact, id, "image", bytes);
    }
    void sends(
        const std::string& id, const std::string& kind, const std::string& data, const std::string& text = {}
    )
    {
        channel::Content content;
        content.kind = kind;
        content.data = data;
        content.text = text;
        employee_sends("lily", id, std::move(content));
        idle();
    }
    const channel::Report& last_report() { return host.reports.back(); }
    void was_refused(const std::string& reason, const std::string& words)
    {
        idle();
        BOOST_TEST((last_report().state == channel::State::refused));
        BOOST_TEST(last_report().reason == reason);
        BOOST_TEST(last_report().text == words);
        BOOST_TEST(on_phones().empty());
        BOOST_TEST(platform.uploads().empty());
    }
};

const Happened accepted_and_sent{"m1: accepted", "m1: sent"};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(what_an_employee_sends, EmployeeFiles)

BOOST_AUTO_TEST_CASE(may_be_a_picture, *label("S1") * label("A1"))
{
    sends_picture("lily", "m1");
    idle();

    BOOST_TEST(happened() == accepted_and_sent, per_element());
    BOOST_TEST(on_phones() == Happened{"lily: image M1"}, per_element());
    BOOST_TEST(platform.uploads() == Happened{"image M1"}, per_element());
    BOOST_TEST((platform.uploaded("M1") == picture));
}

BOOST_AUTO_TEST_CASE(may_be_a_recording)
{
    employee_sends_file("lily", "m1", "voice", samples::amr(100));
    idle();

    BOOST_TEST(happened() == accepted_and_sent, per_element());
    BOOST_TEST(on_phones() == Happened{"lily: voice M1"}, per_element());
    BOOST_TEST((platform.uploaded("M1") == samples::amr(100)));
}

BOOST_AUTO_TEST_CASE(may_be_a_video_which_gets_a_picture_of_ours)
{
    employee_sends_file("lily", "m1", "video", samples::mp4(300));
    idle();

    BOOST_TEST(happened() == accepted_and_sent, per_element());
    BOOST_TEST(on_phones() == Happened{"lily: video M1"}, per_element());
    BOOST_TEST(platform.uploads() == (Happened{"video M1", "thumb M2"}), per_element());
    BOOST_TEST(platform.uploaded("M2") == media::thumbnail());
    const auto body = platform.server().requests_to("/cgi-bin/message/custom/send").back().body;
    BOOST_TEST(body.find(R"("thumb_media_id":"M2")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(may_be_a_link)
{
    sends(
        "m1", "link", R"({"title":"T","description":"D","url":"https://x/?a=1&b=2","pic_url":"https://p"})"
    );

    BOOST_TEST(happened() == accepted_and_sent, per_element());
    BOOST_TEST(
        platform.server().requests_to("/cgi-bin/message/custom/send").back().body
        == R"({"touser":"lily","msgtype":"news","news":{"articles":[{"title":"T","description":"D",)"
           R"("url":"https://x/?a=1&b=2","picurl":"https://p"}]}})"
    );
}

BOOST_AUTO_TEST_CASE(may_be_a_link_without_a_title_of_its_own)
{
    sends("m1", "link", R"({"url":"https://x"})", "Our terms");
    sends("m2", "link", R"({"url":"https://y"})");

    const auto requests = platform.server().requests_to("/cgi-bin/message/custom/send");
    BOOST_TEST(requests.at(requests.size() - 2).body.find(R"("title":"Our terms")") != std::string::npos);
    BOOST_TEST(requests.back().body.find(R"("title":"https://y")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(may_be_a_place_whose_words_end_with_a_map)
{
    sends("m1", "location", R"({"latitude":31.23,"longitude":"121.47","name":"Harbour"})", "Pier 7");

    BOOST_TEST(happened() == accepted_and_sent, per_element());
    BOOST_TEST(
        on_phones() == Happened{"lily: Harbour\nPier 7\nhttps://map.example/31.23,121.47"}, per_element()
    );
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_TEST_DECORATOR(*label("S5"))
BOOST_FIXTURE_TEST_SUITE(what_wechat_would_refuse_is_refused_before, EmployeeFiles)

BOOST_AUTO_TEST_CASE(a_file_that_is_too_large)
{
    employee_sends_file("lily", "m1", "voice", samples::of_size(samples::amr(10), 2U * 1024U * 1024U + 1U));

    was_refused("file_too_large", "the limit is 2097152 bytes, the file has 2097153");
}

BOOST_AUTO_TEST_CASE(a_file_of_another_format)
{
    sends_picture("lily", "m1", samples::mp4());

    was_refused("unsupported_format", "WeChat takes JPEG, PNG or GIF, the file is video/mp4");
}

BOOST_AUTO_TEST_CASE(a_recording_that_is_too_long)
{
    employee_sends_file("lily", "m1", "voice", samples::amr(3001));

    was_refused("recording_too_long", "the limit is 60 s, the recording has 61 s");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there)
{
    channel::Content content;
    content.kind = "image";
    content.path = files.path / "none.jpg";
    employee_sends("lily", "m1", content);
    was_refused("file_unreadable", "its file cannot be read: No such file or directory");

    content.path.clear();
    employee_sends("lily", "m2", content);
    was_refused("file_unreadable", "there is no file");
}

BOOST_AUTO_TEST_CASE(a_link_that_is_none)
{
    const auto words = "a link needs a url that begins with https:// or http://, has a host and no blanks";
    for (const auto* data :
         {R"({})",
          R"({"title":"T"})",
          R"({"title":"T","url":"javascript:x"})",
          R"({"title":"T","url":"https://"})",
          R"({"title":"T","url":"https:///path"})",
          R"({"title":"T","url":"https://x/a b"})",
          R"({"title":"T","url":"https://x/\u0001"})"}) {
        sends("m-" + std::string{data}, "link", data);
        was_refused("incomplete_content", words);
    }
}

BOOST_AUTO_TEST_CASE(a_place_that_is_not_on_earth)
{
    for (const auto* data :
         {R"({})",
          R"({"latitude":31.2})",
          R"({"latitude":90.1,"longitude":0})",
          R"({"latitude":-90.1,"longitude":0})",
          R"({"latitude":0,"longitude":180.1})",
          R"({"latitude":0,"longitude":-180.1})",
          R"({"latitude":"north","longitude":0})",
          R"({"latitude":"nan","longitude":0})",
          R"({"latitude":"31.2 ","longitude":0})"}) {
        sends("m-" + std::string{data}, "location", data);
        was_refused("incomplete_content", "a location needs latitude and longitude in decimal degrees");
    }
    for (const auto* data :
         {R"({"latitude":90,"longitude":180})", R"({"latitude":-90,"longitude":-180.0})"}) {
        sends("m-" + std::string{data}, "location", data);
        BOOST_TEST((last_report().state == channel::State::sent));
    }
}

BOOST_AUTO_TEST_CASE(a_kind_that_nobody_can_send)
{
    sends("m1", "file", "{}");
    BOOST_TEST(last_report().reason == "unsupported_content");
    sends("m2", "hologram", "{}");
    BOOST_TEST(last_report().reason == "unsupported_content");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(the_same_file, EmployeeFiles)

BOOST_AUTO_TEST_CASE(is_uploaded_once_for_all_its_messages_also_after_a_restart)
{
    sends_picture("lily", "m1");
    idle();
    sends_picture("tom", "t1");
    idle();
    restart();
    sends_picture("lily", "m2");
    idle();

    BOOST_TEST(platform.uploads() == Happened{"image M1"}, per_element());
    BOOST_TEST(on_phones() == (Happened{"lily: image M1", "tom: image M1", "lily: image M1"}), per_element());
}

BOOST_AUTO_TEST_CASE(is_uploaded_again_when_its_three_days_are_nearly_over)
{
    sends_picture("lily", "m1");
    idle();
    pass(71h - 1s);
    contact_writes("lily", "Still there?");
    sends_picture("lily", "m2");
    idle();
    BOOST_TEST(platform.uploads().size() == 1U);

    pass(1s);
    sends_picture("lily", "m3");
    idle();
    BOOST_TEST(platform.uploads().size() == 2U);
    BOOST_TEST(on_phones().back() == "lily: image M2");
}

BOOST_AUTO_TEST_CASE(that_wechat_has_lost_is_uploaded_once_more, *label("A6"))
{
    sends_picture("lily", "m1");
    idle();
    (void)on_phones();
    platform.answers({errcode(40007)});
    sends_picture("lily", "m2");
    idle();

    BOOST_TEST(on_phones() == (Happened{"lily: image M1", "lily: image M2"}), per_element());
    BOOST_TEST(happened().back() == "m2: sent");
    sends_picture("lily", "m3");
    idle();
    BOOST_TEST(on_phones() == Happened{"lily: image M2"}, per_element());
    BOOST_TEST(platform.uploads().size() == 2U);
}

BOOST_AUTO_TEST_CASE(that_wechat_does_not_find_twice_fails_and_is_uploaded_no_third_time, *label("A6"))
{
    platform.answers({errcode(40007), errcode(40007)});
    sends_picture("lily", "m1");
    idle();

    BOOST_TEST(happened() == (Happened{"m1: accepted", "m1: failed, errcode_40007"}), per_element());
    BOOST_TEST(last_report().text == "so it is");
    BOOST_TEST(platform.uploads().size() == 2U);
    BOOST_TEST(on_phones().size() == 2U);
    pass(1h);
    BOOST_TEST(on_phones().empty());
}

BOOST_AUTO_TEST_CASE(of_another_kind_is_another_upload)
{
    employee_sends_file("lily", "m1", "video", samples::mp4(300));
    employee_sends_file("tom", "t1", "video", samples::mp4(301));
    idle();

    auto uploads = platform.uploads();
    BOOST_TEST(
        std::ranges::count_if(uploads, [](const auto& what) { return what.starts_with("video"); }) == 2
    );
    employee_sends_file("tom", "t2", "video", samples::mp4(300));
    idle();
    BOOST_TEST(platform.uploads().size() == uploads.size());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(an_upload, EmployeeFiles)

BOOST_AUTO_TEST_CASE(that_fails_for_now_puts_the_message_off_and_it_is_never_uncertain, *label("A5"))
{
    for (const auto& fault :
         {errcode(-1),
          scripted::http(503, ""),
          scripted::hang_up(),
          scripted::json("<html>"),
          scripted::json(R"({"media_id":"M)"),
          scripted::raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")}) {
        const auto id = "m" + std::to_string(host.reports.size());
        contact_writes("lily", "And?");
        idle();
        (void)happened();
        platform.answers(Call::upload, {fault});
        sends_picture("lily", id, samples::jpeg(100 + host.reports.size()));
        idle();
        BOOST_TEST(happened() == Happened{id + ": accepted"}, per_element());

        pass(1s);
        BOOST_TEST(happened() == Happened{id + ": sent"}, per_element());
    }
}

BOOST_AUTO_TEST_CASE(that_is_refused_fails_its_message_with_the_platform_s_words, *label("A6"))
{
    platform.answers(Call::upload, {errcode(40009)});
    sends_picture("lily", "m1");
    idle();

    BOOST_TEST(happened() == (Happened{"m1: accepted", "m1: failed, errcode_40009"}), per_element());
    BOOST_TEST(last_report().text == "so it is");
    BOOST_TEST(on_phones().empty());
}

BOOST_AUTO_TEST_CASE(that_is_slow_keeps_the_place_of_its_message_and_holds_nobody_else, *label("S7"))
{
    platform.holds(Call::upload, gate);
    sends_picture("lily", "m1");
    employee_sends("lily", "m2", "What do you say?");
    employee_sends("tom", "t1", "Hi");
    until([&] { return host.of("tom").back() == "t1: sent"; });
    BOOST_TEST(on_phones() == Happened{"tom: Hi"}, per_element());

    gate.open();
    idle();
    BOOST_TEST(on_phones() == (Happened{"lily: image M1", "lily: What do you say?"}), per_element());
}

BOOST_AUTO_TEST_CASE(that_fails_keeps_the_place_of_its_message_too, *label("S7") * label("A5"))
{
    platform.answers(Call::upload, {errcode(-1), errcode(-1)});
    sends_picture("lily", "m1");
    employee_sends("lily", "m2", "What do you say?");
    idle();
    BOOST_TEST(on_phones().empty());

    pass(10s);
    BOOST_TEST(on_phones() == (Happened{"lily: image M1", "lily: What do you say?"}), per_element());
}

BOOST_AUTO_TEST_CASE(that_a_restart_broke_off_is_made_again_and_the_message_is_not_uncertain, *label("A5"))
{
    platform.holds(Call::upload, gate);
    sends_picture("lily", "m1");
    until([&] { return platform.count(Call::upload) == 1; });
    restart();
    gate.open();
    pass(1min);

    BOOST_TEST(happened() == accepted_and_sent, per_element());
    BOOST_TEST(on_phones().size() == 1U);
}

// What a crash leaves behind: a row that says it has not started is tried again, one that has is uncertain (A7).
BOOST_AUTO_TEST_CASE(is_made_before_the_message_counts_as_started, *label("A7"))
{
    const auto started = [&] {
        const auto rows = store->rows_after(0, 10).value();
        return rows.size() == 1U && rows[0].started;
    };
    platform.holds(Call::upload, gate);
    sends_picture("lily", "m1");
    until([&] { return platform.count(Call::upload) == 1; });
    BOOST_TEST(!started());

    gate.open();
    idle();
    BOOST_TEST(happened() == accepted_and_sent, per_element());
}

BOOST_AUTO_TEST_CASE(may_be_overtaken_by_a_cancel, *label("Q6"))
{
    platform.holds(Call::upload, gate);
    sends_picture("lily", "m1");
    until([&] { return platform.count(Call::upload) == 1; });
    employee_cancels("lily", "m1");
    gate.open();
    idle();

    BOOST_TEST(happened() == (Happened{"m1: accepted", "m1: cancelled"}), per_element());
    BOOST_TEST(on_phones().empty());
}

BOOST_AUTO_TEST_CASE(whose_file_has_gone_meanwhile_fails_with_a_reason)
{
    platform.holds("lily", gate);
    employee_sends("lily", "m0", "One moment");
    sends_picture("lily", "m1");
    until([&] { return std::ranges::count(host.of("lily"), "m1: accepted") == 1; });
    std::filesystem::remove(files.path / "m1");
    gate.open();
    idle();

    BOOST_TEST(happened().back() == "m1: failed, file_unreadable");
    BOOST_TEST(last_report().text == "its file is no longer there");
    BOOST_TEST(platform.uploads().empty());
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

struct Passive : AnEngine {
    Passive() : AnEngine(patient)
    {
        welcome_by = policy::WelcomeBy::passive;
        serve(true);
    }
};

}  // namespace

BOOST_TEST_DECORATOR(*label("O3"))
BOOST_FIXTURE_TEST_SUITE(a_welcome_in_the_answer, Passive)

BOOST_AUTO_TEST_CASE(rides_in_the_answer_to_the_first_message_and_in_no_other)
{
    contact_writes("lily", "Hello");
    contact_writes("lily", "Anybody there?");
    idle();

    BOOST_TEST_REQUIRE(answers.size() == 1U);
    BOOST_TEST(on_phones().empty());
    const auto told = happened();
    BOOST_TEST(std::ranges::count(told, "echo welcome") == 1);
    BOOST_TEST(member(host.last("welcome").data, "state").empty());  // the notice to the employees
    const auto echo = std::ranges::find(host.items, channel::ItemKind::echo, &channel::Item::kind);
    BOOST_TEST_REQUIRE((echo != host.items.end()));
    BOOST_TEST(member(echo->data, "state") == "answered");
    BOOST_TEST(echo->content.value().text == answers[0]);
}

BOOST_AUTO_TEST_CASE(is_the_same_when_wechat_asks_again_also_after_a_restart)
{
    contact_writes("lily", "Hello", 7);
    contact_writes("lily", "Hello", 7);
    idle();
    restart();
    contact_writes("lily", "Hello", 7);
    idle();

    BOOST_TEST_REQUIRE(answers.size() == 3U);
    BOOST_TEST(answers[1] == answers[0]);
    BOOST_TEST(answers[2] == answers[0]);
    BOOST_TEST(std::ranges::count(host.of("lily"), "message Hello") == 1);
    BOOST_TEST(on_phones().empty());
}

BOOST_AUTO_TEST_SUITE_END()
