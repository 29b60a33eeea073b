// Contacts' pictures, recordings and videos: with their messages where WeChat gives them at once, later where it does not.
#include "engine/an_engine.hpp"
#include "media/digest.hpp"
#include "media/samples.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::engine;
using boost::test_tools::per_element;
using boost::unit_test::label;
using scripted::errcode;
namespace fs = std::filesystem;

namespace {

const std::string picture = samples::jpeg(500);

// Lily's pictures P1 and P2 are to be had; Tom is there, too.
struct ContactFiles : AnEngine {
    ContactFiles() : AnEngine(patient)
    {
        platform.has("P1", picture);
        platform.has("P2", samples::jpeg(400));
        open("lily");
        open("tom");
    }
    [[nodiscard]] std::size_t files_kept() const
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator{media_folder()}, {}));
    }
    [[nodiscard]] std::size_t asked() { return platform.count(Call::download); }
    // Notices and automatic texts come and go with the clock; a file's story is told by messages and events.
    Happened told(const std::string& contact = "lily")
    {
        auto all = happened(contact);
        std::erase_if(all, [](const std::string& what) {
            return !what.starts_with("message") && !what.starts_with("event");
        });
        for (const auto& what : all)
            BOOST_TEST_MESSAGE(what);
        return all;
    }
    // With the first try failed, and the message offered without its file.
    void is_late(const std::string& media_id = "P1")
    {
        platform.answers(Call::download, {scripted::http(503, "")});
        contact_sends("lily", Kind::image, media_id);
        idle();
        BOOST_TEST(told() == Happened{"message image, media_not_fetched"}, per_element());
    }
    void brings_the_picture(const channel::Item& item)
    {
        BOOST_TEST_REQUIRE(item.content.has_value());
        BOOST_TEST(item.content->kind == "image");
        BOOST_TEST(item.content->mime == "image/jpeg");
        BOOST_TEST(item.content->name == "image.jpg");
        BOOST_TEST(item.content->bytes == picture.size());
        BOOST_TEST(member(item.content->data, "sha256") == media::sha256(picture));
        BOOST_TEST(member(item.content->data, "missing").empty());
        BOOST_TEST((host.files[item.id] == picture));  // it lay there when the item came
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_contact_s_picture, ContactFiles)

BOOST_AUTO_TEST_CASE(is_there_before_its_message_is_offered)
{
    contact_sends("lily", Kind::image, "P1");
    idle();

    BOOST_TEST(told() == Happened{"message image"}, per_element());
    brings_the_picture(host.last("image"));
    BOOST_TEST(asked() == 1U);
    pass(1h);
    BOOST_TEST(told().empty());
    BOOST_TEST(asked() == 1U);
}

BOOST_AUTO_TEST_CASE(holds_back_what_is_behind_it_for_its_first_try_but_no_other_contact, *label("S7"))
{
    platform.holds(Call::download, gate);
    contact_sends("lily", Kind::image, "P1");
    contact_writes("lily", "See?");
    contact_writes("tom", "Hi");
    until([&] { return host.of("tom").back() == "message Hi"; });
    BOOST_TEST(told().empty());

    gate.open();
    idle();
    BOOST_TEST(told() == (Happened{"message image", "message See?"}), per_element());
}

BOOST_AUTO_TEST_CASE(whose_first_try_fails_holds_nothing_back_and_says_why_it_is_missing)
{
    platform.answers(Call::download, {scripted::http(503, "")});
    contact_sends("lily", Kind::image, "P1");
    contact_writes("lily", "See?");
    idle();

    BOOST_TEST(told() == (Happened{"message image, media_not_fetched", "message See?"}), per_element());
    const auto& content = *host.last("image").content;
    BOOST_TEST(content.path.empty());
    BOOST_TEST(member(content.data, "missing_text") == "the picture is not there yet: HTTP 503");
    BOOST_TEST(store->counts().fetches == 1);
}

BOOST_AUTO_TEST_CASE(arrives_later_with_the_message_s_id)
{
    is_late();
    const auto message = host.last("image").id;
    pass(10s);

    BOOST_TEST(told() == Happened{"event media_arrived"}, per_element());
    brings_the_picture(host.last("media_arrived"));
    BOOST_TEST(member(host.last("media_arrived").data, "message") == message);
    BOOST_TEST(host.last("media_arrived").id != message);
    BOOST_TEST(store->counts().fetches == 0);
    pass(1h);
    BOOST_TEST(told().empty());
    BOOST_TEST(files_kept() == 0U);
}

BOOST_AUTO_TEST_CASE(is_asked_for_after_growing_pauses_of_the_host_s_clock)
{
    platform.always(Call::download, errcode(-1));
    contact_sends("lily", Kind::image, "P1");
    idle();
    std::size_t tries = 1;
    for (const auto pause : {10s, 20s, 40s, 80s}) {
        pass(pause - 1ms);
        BOOST_TEST(asked() == tries);
        pass(1ms);
        BOOST_TEST(asked() == ++tries);
    }
    pass(2h);
    const auto by_then = asked();
    pass(2h);
    BOOST_TEST(asked() - by_then == 4U);  // every half an hour
}

BOOST_AUTO_TEST_CASE(that_wechat_has_no_longer_is_offered_so_at_once)
{
    contact_sends("lily", Kind::image, "unknown");
    idle();

    BOOST_TEST(told() == Happened{"message image, media_expired"}, per_element());
    BOOST_TEST(
        member(host.last("image").content->data, "missing_text")
        == "the picture cannot be had any more: so it is"
    );
    BOOST_TEST(store->counts().fetches == 0);
    pass(1h);
    BOOST_TEST(asked() == 1U);
}

BOOST_AUTO_TEST_CASE(that_wechat_loses_meanwhile_is_lost)
{
    is_late();
    platform.loses("P1");
    pass(10s);

    BOOST_TEST(told() == Happened{"event media_lost"}, per_element());
    const auto& lost = host.last("media_lost");
    BOOST_TEST(member(lost.data, "message") == host.last("image").id);
    BOOST_TEST(member(lost.data, "reason") == "media_expired");
    BOOST_TEST(member(lost.data, "text") == "the picture cannot be had any more: so it is");
    BOOST_TEST(!lost.content.has_value());
    BOOST_TEST(store->counts().fetches == 0);
}

BOOST_AUTO_TEST_CASE(is_lost_after_three_days_of_trying)
{
    is_late();
    platform.always(Call::download, scripted::http(503, ""));
    pass(72h - 1min);
    BOOST_TEST(told().empty());
    pass(31min);

    BOOST_TEST(told() == Happened{"event media_lost"}, per_element());
    BOOST_TEST(!member(host.last("media_lost").data, "text").empty());
    const auto tries = asked();
    pass(24h);
    BOOST_TEST(asked() == tries);
    BOOST_TEST(told().empty());
}

BOOST_AUTO_TEST_CASE(goes_with_the_settled_message_and_not_before)
{
    host.settles = false;
    contact_sends("lily", Kind::image, "P1");
    idle();
    BOOST_TEST(files_kept() == 1U);

    BOOST_TEST_REQUIRE(host.open.size() == 1U);
    engine->settle(host.open.back(), {});
    idle();
    BOOST_TEST(files_kept() == 0U);
    BOOST_TEST(engine->media_pump().bytes() == 0U);
}

BOOST_AUTO_TEST_CASE(stays_for_a_host_that_is_busy)
{
    int busy_answers = 2;
    host.on_hand_over = [&](const std::string&, const std::string&) -> channel::Outcome {
        if (busy_answers == 0)
            return {};
        --busy_answers;
        return {.status = channel::Status::busy, .retry_after = 1s};
    };
    contact_sends("lily", Kind::image, "P1");
    idle();
    BOOST_TEST(told().empty());
    pass(2s);

    BOOST_TEST(told() == Happened{"message image"}, per_element());
    brings_the_picture(host.last("image"));
    BOOST_TEST(asked() == 1U);
}

BOOST_AUTO_TEST_CASE(of_a_customer_who_is_not_served_comes_when_he_is_again)
{
    is_late();
    serve(false);
    pass(1min);
    BOOST_TEST(told().empty());
    serve(true);
    pass(5min);

    BOOST_TEST(told() == Happened{"event media_arrived"}, per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_contact_s_recording, ContactFiles)

BOOST_AUTO_TEST_CASE(comes_with_one_that_browsers_play_and_both_go)
{
    platform.has("V1", samples::amr(50));
    host.settles = false;
    contact_sends("lily", Kind::voice, "V1");
    idle();

    BOOST_TEST(told() == Happened{"message voice"}, per_element());
    const auto content = *host.last("voice").content;
    BOOST_TEST(content.mime == "audio/amr");
    BOOST_TEST(member(content.data, "playable_mime") == "audio/wav");
    BOOST_TEST(fs::exists(member(content.data, "playable")));
    BOOST_TEST(files_kept() == 2U);

    engine->settle(host.open.back(), {});
    idle();
    BOOST_TEST(files_kept() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_contact_s_video, ContactFiles)

BOOST_AUTO_TEST_CASE(is_fetched_from_where_wechat_says)
{
    platform.has("V1", samples::mp4(300));
    platform.answers(Call::download, {platform.lies_elsewhere("V1")});
    contact_sends("lily", Kind::video, "V1");
    idle();

    BOOST_TEST(told() == Happened{"message video"}, per_element());
    BOOST_TEST((host.files[host.last("video").id] == samples::mp4(300)));
}

BOOST_AUTO_TEST_CASE(that_is_not_there_yet_is_asked_for_from_the_beginning)
{
    platform.has("V1", samples::mp4(300));
    platform.answers(Call::download, {platform.lies_elsewhere("V1"), scripted::http(404, "<html>")});
    contact_sends("lily", Kind::video, "V1");
    idle();
    BOOST_TEST(told() == Happened{"message video, media_not_fetched"}, per_element());
    pass(10s);

    BOOST_TEST(told() == Happened{"event media_arrived"}, per_element());
    BOOST_TEST(asked() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(after_a_restart, ContactFiles)

BOOST_AUTO_TEST_CASE(in_the_middle_of_the_first_try_the_picture_comes_with_its_message_once)
{
    platform.holds(Call::download, gate);
    contact_sends("lily", Kind::image, "P1");
    until([&] { return asked() == 1; });
    restart();
    gate.open();
    idle();

    BOOST_TEST(told() == Happened{"message image"}, per_element());
    brings_the_picture(host.last("image"));
    pass(1h);
    BOOST_TEST(told().empty());
    BOOST_TEST(store->counts().fetches == 0);
}

BOOST_AUTO_TEST_CASE(in_the_middle_of_a_later_try_the_picture_arrives_once)
{
    is_late();
    platform.holds(Call::download, gate);
    now += 10s;
    engine->wake();
    until([&] { return asked() == 2; });
    restart();
    gate.open();
    pass(1h);

    BOOST_TEST(told() == Happened{"event media_arrived"}, per_element());
    brings_the_picture(host.last("media_arrived"));
}

BOOST_AUTO_TEST_CASE(while_it_is_late_the_picture_arrives_once)
{
    for (const bool crashes : {false, true}) {
        is_late();
        crashes ? crash() : restart();
        pass(10s);

        BOOST_TEST(told() == Happened{"event media_arrived"}, per_element());
        brings_the_picture(host.last("media_arrived"));
        pass(1h);
        BOOST_TEST(told().empty());
    }
}

BOOST_AUTO_TEST_CASE(three_days_later_it_is_lost_unless_wechat_still_has_it)
{
    is_late("P1");
    is_late("P2");
    platform.loses("P2");
    restart(100h);
    pass(1min);

    auto events = told();
    std::ranges::sort(events);
    BOOST_TEST(events == (Happened{"event media_arrived", "event media_lost"}), per_element());
}

BOOST_AUTO_TEST_CASE(before_the_message_is_settled_it_comes_again_with_its_picture_which_is_not_fetched_twice)
{
    for (const bool crashes : {false, true}) {
        const auto before = asked();
        host.settles = false;
        contact_sends("lily", Kind::image, "P1");
        idle();
        (void)told();
        host.settles = true;
        crashes ? crash() : restart();
        idle();

        BOOST_TEST(told() == Happened{"message image"}, per_element());
        brings_the_picture(host.last("image"));
        BOOST_TEST(asked() == before + 1U);
        pass(1h);
        BOOST_TEST(files_kept() == 0U);
    }
}

BOOST_AUTO_TEST_CASE(a_picture_that_arrived_is_there_for_its_event_although_its_message_comes_again)
{
    // The host has recorded the message without its picture, but its word of that was lost.
    host.settles = false;
    is_late();
    pass(10s);
    BOOST_TEST(store->counts().fetches == 0);  // fetched; its event waits behind the message
    restart();
    idle();
    for (const auto token : std::exchange(host.open, {}))
        engine->settle(token, {});
    idle();
    BOOST_TEST(told().back() == "event media_arrived");
    brings_the_picture(host.last("media_arrived"));
    BOOST_TEST(fs::exists(host.last("media_arrived").content->path));  // until it is settled

    for (const auto token : std::exchange(host.open, {}))
        engine->settle(token, {});
    pass(1h);
    BOOST_TEST(files_kept() == 0U);
}

BOOST_AUTO_TEST_CASE(an_event_that_was_not_settled_comes_again_with_its_picture)
{
    is_late();
    host.settles = false;
    pass(10s);
    BOOST_TEST(told() == Happened{"event media_arrived"}, per_element());
    host.settles = true;
    restart();
    idle();

    BOOST_TEST(told() == Happened{"event media_arrived"}, per_element());
    brings_the_picture(host.last("media_arrived"));
    BOOST_TEST(files_kept() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_folder_that_is_full, ContactFiles)

BOOST_AUTO_TEST_CASE(delays_a_picture_until_the_host_has_taken_others)
{
    media_room = 600;
    restart();
    host.settles = false;
    contact_sends("tom", Kind::image, "P1");
    idle();
    const auto token = host.open.back();
    host.settles = true;
    contact_sends("lily", Kind::image, "P2");
    idle();
    BOOST_TEST(told() == Happened{"message image, media_full"}, per_element());
    BOOST_TEST(
        member(host.last("image").content->data, "missing_text")
        == "the picture is not there yet: the media folder has reached its limit of 600 bytes"
    );

    engine->settle(token, {});
    pass(1min);
    BOOST_TEST(told() == Happened{"event media_arrived"}, per_element());
    BOOST_TEST((host.files[host.last("media_arrived").id] == samples::jpeg(400)));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(a_fault_of_the_account, ContactFiles)

BOOST_AUTO_TEST_CASE(met_by_a_download_is_told_and_heals_by_itself, *label("A5"))
{
    platform.always(Call::download, errcode(48001));
    contact_sends("lily", Kind::image, "P1");
    idle();
    BOOST_TEST(told() == Happened{"message image, media_not_fetched"}, per_element());
    BOOST_TEST_REQUIRE(!health.empty());
    BOOST_TEST(health.back().starts_with("degraded files_refused harbour-bank: WeChat answers 48001"));
    employee_sends("lily", "m1", "Hi");
    idle();
    BOOST_TEST(happened().back() == "m1: sent");  // sending is another right

    platform.recovers();
    pass(1min);
    BOOST_TEST(told() == Happened{"event media_arrived"}, per_element());
    BOOST_TEST(health.back() == "ok");
}

BOOST_AUTO_TEST_CASE(is_over_where_wechat_has_no_longer_got_the_file, *label("A5"))
{
    platform.always(Call::download, errcode(48001));
    contact_sends("lily", Kind::image, "P1");
    idle();
    BOOST_TEST_REQUIRE(!health.empty());

    platform.recovers();
    platform.loses("P1");
    pass(1min);
    BOOST_TEST(host.of("lily").back() == "event media_lost");
    BOOST_TEST(health.back() == "ok");
}

BOOST_AUTO_TEST_CASE(at_the_token_is_told_and_heals_by_itself, *label("A5"))
{
    restart();
    platform.answers_token(errcode(40164));
    contact_sends("lily", Kind::image, "P1");
    idle();
    BOOST_TEST_REQUIRE(!health.empty());
    BOOST_TEST(health.back().find("40164") != std::string::npos);

    platform.recovers();
    pass(1min);
    BOOST_TEST(host.of("lily").back() == "event media_arrived");
    BOOST_TEST(health.back() == "ok");
}

BOOST_AUTO_TEST_CASE(of_its_token_is_healed_unseen, *label("A4"))
{
    platform.answers(Call::download, {errcode(40001)});
    contact_sends("lily", Kind::image, "P1");
    idle();

    BOOST_TEST(told() == Happened{"message image"}, per_element());
    BOOST_TEST(health.empty());
}

BOOST_AUTO_TEST_SUITE_END()
