// What the store keeps for files and answers: uploads, fetches, the answers to callbacks.
#include "store/an_open_store.hpp"

#include <boost/test/unit_test.hpp>

using namespace wechat;
using namespace wechat::store;
using namespace std::chrono_literals;
using boost::unit_test::label;

namespace {

const std::string sum(64, 'a');

Upload upload_of(const std::string& media_id, Time until = noon + 71h)
{
    return {.account = lily.account, .type = "image", .sha256 = sum, .media_id = media_id, .until = until};
}

struct Uploads : AnOpenStore {
    void remember(const Upload& upload)
    {
        BOOST_TEST_REQUIRE(run(lily, [&](Unit& unit) { unit.remember(upload); }).has_value());
    }
    std::string found(
        Time now,
        const AppId& account = lily.account,
        std::string_view type = "image",
        std::string_view sha256 = sum
    )
    {
        const auto found = store->find_upload(account, type, sha256, now);
        BOOST_TEST_REQUIRE(found.has_value());
        return *found ? (*found)->media_id : "none";
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(an_upload, Uploads)

BOOST_AUTO_TEST_CASE(is_found_whole)
{
    remember(upload_of("M1"));

    const auto found = store->find_upload(lily.account, "image", sum, noon);
    BOOST_TEST_REQUIRE((found.has_value() && found->has_value()));
    BOOST_TEST((**found == upload_of("M1")));
}

BOOST_AUTO_TEST_CASE(is_good_until_its_end)
{
    remember(upload_of("M1", noon + 71h));

    BOOST_TEST(found(noon + 71h - 1s) == "M1");
    BOOST_TEST(found(noon + 71h) == "none");
}

BOOST_AUTO_TEST_CASE(is_of_its_account_its_type_and_its_bytes_alone)
{
    remember(upload_of("M1"));

    BOOST_TEST(found(noon, AppId{"wx02"}) == "none");
    BOOST_TEST(found(noon, lily.account, "thumb") == "none");
    BOOST_TEST(found(noon, lily.account, "image", std::string(64, 'b')) == "none");
    BOOST_TEST(found(noon, lily.account, "image", "") == "none");
}

BOOST_AUTO_TEST_CASE(takes_the_place_of_the_one_before)
{
    remember(upload_of("M1", noon + 71h));
    remember(upload_of("M2", noon + 1h));

    BOOST_TEST(found(noon) == "M2");
    BOOST_TEST(found(noon + 1h) == "none");
}

BOOST_AUTO_TEST_CASE(stands_beside_those_of_other_accounts_and_types)
{
    auto of_another_account = upload_of("M2");
    of_another_account.account = AppId{"wx02"};
    auto of_another_type = upload_of("M3");
    of_another_type.type = "thumb";
    remember(upload_of("M1"));
    remember(of_another_account);
    remember(of_another_type);

    BOOST_TEST(found(noon) == "M1");
    BOOST_TEST(found(noon, AppId{"wx02"}) == "M2");
    BOOST_TEST(found(noon, lily.account, "thumb") == "M3");
}

BOOST_AUTO_TEST_CASE(is_there_after_a_restart)
{
    remember(upload_of("M1"));
    reopen();

    BOOST_TEST(found(noon) == "M1");
}

BOOST_AUTO_TEST_CASE(is_forgotten_when_it_is_over_and_not_before)
{
    remember(upload_of("M1", noon + 1h));
    auto other = upload_of("M2", noon + 2h);
    other.type = "thumb";
    remember(other);

    BOOST_TEST(forget(noon + 1h + 1s).has_value());

    BOOST_TEST(found(noon) == "none");
    BOOST_TEST(found(noon, lily.account, "thumb") == "M2");
}

BOOST_AUTO_TEST_CASE(is_forgotten_with_all_others_however_many_there_are)
{
    const auto remember_many = [](Unit& unit) {
        for (int i = 0; i < 3000; ++i) {
            auto upload = upload_of("M" + std::to_string(i), noon + 1h);
            upload.sha256 = std::to_string(i);
            unit.remember(upload);
        }
    };
    BOOST_TEST(run(lily, remember_many).has_value());
    BOOST_TEST(found(noon, lily.account, "image", "2999") == "M2999");

    BOOST_TEST(forget(noon + 2h).has_value());
    for (const auto* sha256 : {"0", "1500", "2999"})
        BOOST_TEST(found(noon, lily.account, "image", sha256) == "none");
}

BOOST_AUTO_TEST_CASE(of_a_unit_that_fails_is_none)
{
    const auto fails = [](Unit& unit) {
        unit.remember(upload_of("M1"));
        throw std::runtime_error("no");
    };
    BOOST_TEST(!run(lily, fails).has_value());

    BOOST_TEST(found(noon) == "none");
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

struct Answered : AnOpenStore {
    void answer(const Key& key, std::int64_t event, const std::string& text)
    {
        const auto work = [&](Unit& unit) {
            (void)unit.first_sight_of(event, noon);
            unit.remember_answer(event, text);
        };
        BOOST_TEST_REQUIRE(run(key, work).has_value());
    }
    std::string answer_to(const Key& key, std::int64_t event)
    {
        std::string answer;
        BOOST_TEST_REQUIRE(run(key, [&](Unit& unit) { answer = unit.answer_to(event); }).has_value());
        return answer;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(an_answer_to_an_event, Answered)

BOOST_AUTO_TEST_CASE(is_the_same_for_its_further_deliveries, *label("O3"))
{
    answer(lily, 7, "Welcome \"you\" \xE4\xBD\xA0\n");
    BOOST_TEST(answer_to(lily, 7) == "Welcome \"you\" \xE4\xBD\xA0\n");

    reopen();
    BOOST_TEST(answer_to(lily, 7) == "Welcome \"you\" \xE4\xBD\xA0\n");
    BOOST_TEST(!sees(lily, 7, noon));
}

BOOST_AUTO_TEST_CASE(is_nothing_where_there_was_none)
{
    BOOST_TEST(sees(lily, 7, noon));

    BOOST_TEST(answer_to(lily, 7).empty());
    BOOST_TEST(answer_to(lily, 8).empty());
}

BOOST_AUTO_TEST_CASE(is_of_that_contact_and_that_event_alone)
{
    answer(lily, 7, "Welcome");
    BOOST_TEST(sees(tom, 7, noon));
    BOOST_TEST(sees(lily, 8, noon));

    BOOST_TEST(answer_to(tom, 7).empty());
    BOOST_TEST(answer_to(lily, 8).empty());
}

BOOST_AUTO_TEST_CASE(goes_with_its_event_after_7_days)
{
    answer(lily, 7, "Welcome");
    BOOST_TEST(forget(noon + 168h + 1s).has_value());

    BOOST_TEST(answer_to(lily, 7).empty());
}

BOOST_AUTO_TEST_SUITE_END()

namespace {

Fetch fetch_of(const std::string& item)
{
    return {
        .item = item,
        .content = {.kind = Kind::voice, .text = "早", .data = {{"media_id", "M1"}, {"format", "amr"}}},
        .since = noon,
    };
}

std::vector<Row> rows_of(Store& store)
{
    const auto rows = store.rows_after(0, 100);
    BOOST_TEST_REQUIRE(rows.has_value());
    return *rows;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_fetch, AnOpenStore)

BOOST_AUTO_TEST_CASE(comes_back_after_a_restart_as_it_was)
{
    const auto number = append(lily, fetch_of("i1"));
    reopen();

    const auto rows = rows_of(*store);
    BOOST_TEST_REQUIRE(rows.size() == 1U);
    BOOST_TEST(rows[0].id == number);
    BOOST_TEST((rows[0].key == lily));
    BOOST_TEST((direction_of(rows[0].payload) == Direction::from_platform));
    BOOST_TEST((std::get<Fetch>(rows[0].payload) == fetch_of("i1")));
}

BOOST_AUTO_TEST_CASE(is_counted_apart_from_what_goes_out)
{
    append(lily, item_of("i1"));
    append(lily, fetch_of("i1"));
    append(tom, fetch_of("i2"));

    const auto counts = store->counts();
    BOOST_TEST(counts.fetches == 2);
    BOOST_TEST(counts.outbox_to_host == 1);
    BOOST_TEST(counts.outbox_to_platform == 0);
}

BOOST_AUTO_TEST_CASE(ends_together_with_the_item_that_tells_of_it)
{
    const auto number = append(lily, fetch_of("i1"));
    const auto ends = [&](Unit& unit) {
        unit.remove(number);
        unit.append(item_of("i1-file"));
    };
    BOOST_TEST(run(lily, ends).has_value());
    reopen();

    BOOST_TEST(store->counts().fetches == 0);
    BOOST_TEST(store->counts().outbox_to_host == 1);
    BOOST_TEST(rows_of(*store).size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
