/// What must survive, on a thread of its own that commits whatever waits together.
///
/// Everything that the host keeps is written through run(): one writer, so nothing is read and changed by two at
/// once, and a hundred offers cost one fsync.
#pragma once

#include "records.hpp"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace host {

class Store {
public:
    using Work = std::function<void(Records&)>;
    /// Says what became of the work: empty is durable, else why it was not done, at all.
    using Done = std::function<void(const std::string& fault)>;

    /// Opens the file, or makes it with its folder. Throws DatabaseError.
    explicit Store(const std::filesystem::path& file);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// Runs work inside the next transaction, then done, both on the store's thread. [any]
    ///
    /// work may run twice: where one of a batch fails, each is tried alone. It changes nothing but records
    /// and what it was given to fill in.
    void run(Work work, Done done);
    /// The same, and waits. Throws DatabaseError. Never on the store's thread.
    void run_now(Work work);

    /// How much waits, the batch under way included.
    [[nodiscard]] std::size_t waiting() const { return waiting_; }
    [[nodiscard]] const std::string& id() const { return records_.store_id(); }
    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    /// Why the last transaction failed; empty where it did not.
    [[nodiscard]] std::string fault() const;
    [[nodiscard]] std::uint64_t commits() const { return commits_; }

    /// Called after each commit, on the store's thread; set before anything runs.
    void on_commit(std::function<void()> call);

private:
    struct Task {
        Work work;
        Done done;
    };

    void loop();
    void commit(std::deque<Task>& batch);
    [[nodiscard]] std::string attempt(std::deque<Task>& batch, std::size_t first, std::size_t count);

    std::filesystem::path file_;
    Database database_;
    Records records_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Task> tasks_;
    std::function<void()> on_commit_;
    std::string fault_;
    bool ending_ = false;
    std::atomic<std::size_t> waiting_ = 0;
    std::atomic<std::uint64_t> commits_ = 0;
    std::thread thread_;
};

}  // namespace host
