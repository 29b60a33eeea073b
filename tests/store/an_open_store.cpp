#include "store/an_open_store.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <stdexcept>

namespace wechat::store {

Post Answers::post()
{
    return [this](std::function<void()> answer) {
        {
            const std::lock_guard lock{mutex_};
            waiting_.push_back(std::move(answer));
        }
        more_.notify_one();
    };
}

bool Answers::until(const std::function<bool()>& condition)
{
    while (!condition()) {
        std::function<void()> answer;
        {
            std::unique_lock lock{mutex_};
            if (!more_.wait_for(lock, std::chrono::seconds{30}, [this] { return !waiting_.empty(); }))
                return false;
            answer = std::move(waiting_.front());
            waiting_.pop_front();
        }
        answer();
    }
    return true;
}

Folder::Folder()
{
    auto pattern = (std::filesystem::temp_directory_path() / "store-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no temporary directory");
    path_ = pattern;
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void AnOpenStore::reopen()
{
    store.reset();
    auto opened = open_(folder.file("channel.db"), answers.post());
    BOOST_TEST_REQUIRE(opened.has_value());
    store = std::move(*opened);
}

Result<void> AnOpenStore::run(const Key& key, const Work& work)
{
    std::optional<Result<void>> result;
    store->run(key, work, [&](const Result<void>& told) { result = told; });
    BOOST_TEST_REQUIRE(answers.until([&] { return result.has_value(); }));
    return *result;
}

Result<void> AnOpenStore::settle(std::vector<std::int64_t> rows, Time now)
{
    std::optional<Result<void>> result;
    store->settle(std::move(rows), now, [&](const Result<void>& told) { result = told; });
    BOOST_TEST_REQUIRE(answers.until([&] { return result.has_value(); }));
    return *result;
}

Result<void> AnOpenStore::forget(Time now)
{
    std::optional<Result<void>> result;
    store->forget(now, [&](const Result<void>& told) { result = told; });
    BOOST_TEST_REQUIRE(answers.until([&] { return result.has_value(); }));
    return *result;
}

std::int64_t AnOpenStore::append(const Key& key, const Payload& payload)
{
    std::int64_t row = 0;
    BOOST_TEST_REQUIRE(run(key, [&](Unit& unit) { row = unit.append(payload); }).has_value());
    return row;
}

bool AnOpenStore::sees(const Key& key, std::int64_t event, Time now)
{
    bool is_new = false;
    BOOST_TEST_REQUIRE(run(key, [&](Unit& unit) { is_new = unit.first_sight_of(event, now); }).has_value());
    return is_new;
}

void AnOpenStore::save(const Key& key, const policy::Conversation& conversation, std::optional<Time> wake_at)
{
    BOOST_TEST_REQUIRE(run(key, [&](Unit& unit) { unit.save(conversation, wake_at); }).has_value());
}

void AnOpenStore::put(const Key& key, const Message& message)
{
    BOOST_TEST_REQUIRE(run(key, [&](Unit& unit) { unit.put(message); }).has_value());
}

policy::Conversation AnOpenStore::load(const Key& key)
{
    policy::Conversation conversation;
    BOOST_TEST_REQUIRE(run(key, [&](Unit& unit) { conversation = unit.load(); }).has_value());
    return conversation;
}

std::optional<Message> AnOpenStore::message(const ClientId& id)
{
    const auto found = store->peek_message(id);
    BOOST_TEST_REQUIRE(found.has_value());
    return *found;
}

std::set<std::int64_t> AnOpenStore::row_numbers()
{
    const auto rows = store->rows_after(0, 1'000'000);
    BOOST_TEST_REQUIRE(rows.has_value());
    std::set<std::int64_t> numbers;
    for (const auto& row : *rows)
        numbers.insert(row.id);
    return numbers;
}

Message message_of(const std::string& id, policy::State state)
{
    Message message;
    message.id = ClientId{id};
    message.sender = Employee{"ana"};
    message.content.text = "What " + id + " says";
    message.state.state = state;
    message.revision = 1;
    message.changed = noon;
    return message;
}

Item item_of(const std::string& id)
{
    Item item;
    item.id = id;
    item.happened = noon;
    return item;
}

}  // namespace wechat::store
