#include "store.hpp"

#include "schema.hpp"

#include <exception>
#include <future>
#include <utility>

namespace host {
namespace {

Database opened(const std::filesystem::path& file)
{
    std::error_code ignored;  // opening says it better
    std::filesystem::create_directories(file.parent_path(), ignored);
    Database database{file, Database::Access::write};
    prepare_schema(database);
    return database;
}

}  // namespace

Store::Store(const std::filesystem::path& file) : file_(file), database_(opened(file)), records_(database_)
{
    thread_ = std::thread{[this] { loop(); }};
}

Store::~Store()
{
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Store::run(Work work, Done done)
{
    const std::lock_guard lock{mutex_};
    ++waiting_;
    tasks_.push_back({std::move(work), std::move(done)});
    wake_.notify_one();
}

void Store::run_now(Work work)
{
    std::promise<std::string> ended;
    run(std::move(work), [&ended](const std::string& fault) { ended.set_value(fault); });
    if (const auto why = ended.get_future().get(); !why.empty())
        throw DatabaseError{why};
}

std::string Store::fault() const
{
    const std::lock_guard lock{mutex_};
    return fault_;
}

void Store::on_commit(std::function<void()> call)
{
    const std::lock_guard lock{mutex_};
    on_commit_ = std::move(call);
}

void Store::loop()
{
    std::unique_lock lock{mutex_};
    while (true) {
        wake_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
        if (tasks_.empty())
            return;
        // What arrives while this batch commits is the next one.
        auto batch = std::exchange(tasks_, {});
        lock.unlock();
        commit(batch);
        lock.lock();
    }
}

void Store::commit(std::deque<Task>& batch)
{
    const auto together = attempt(batch, 0, batch.size());
    std::function<void()> committed;
    {
        const std::lock_guard lock{mutex_};
        fault_ = together;
        committed = on_commit_;
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
        // One bad apple must not take the others with it.
        const auto alone = together.empty() || batch.size() == 1 ? together : attempt(batch, i, 1);
        batch[i].done(alone);
        --waiting_;
    }
    if (committed)
        committed();
}

std::string Store::attempt(std::deque<Task>& batch, std::size_t first, std::size_t count)
{
    try {
        database_.run("BEGIN IMMEDIATE");
        for (std::size_t i = first; i < first + count; ++i)
            batch[i].work(records_);
        database_.run("COMMIT");
        ++commits_;
        return {};
    } catch (const std::exception& why) {
        std::string words = why.what();
        if (database_.in_transaction()) {
            try {
                database_.run("ROLLBACK");
            } catch (const DatabaseError& worse) {
                words += std::string{"; "} + worse.what();
            }
        }
        return words.empty() ? "the store failed" : words;
    }
}

}  // namespace host
