#pragma once
/// The store: a file for each message that was sent through the channel, so that nothing is lost and nothing doubled.

#include <channel/values.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

struct Row {
    channel::Report last = {};  // what was said of it, or is to be said
    std::uint64_t settled = 0;  // the revision that the host has
    std::uint64_t place = 0;    // its place among all messages: they leave in this order
    std::string account = {}, contact = {}, text = {};

    [[nodiscard]] bool waits() const { return last.state < channel::State::sent; }
    [[nodiscard]] std::string conversation() const { return account + '\n' + contact; }
};

class Rows {
public:
    Rows() = default;
    explicit Rows(std::filesystem::path directory) : directory_(std::move(directory)) {}

    /// All rows, in their places. What is older than a week and settled is forgotten (README, "What a crash
    /// cannot do").
    [[nodiscard]] std::vector<Row> load(channel::Time now) const;
    /// Durable when it returns. Throws std::runtime_error: then nothing has changed.
    void save(const Row& row) const;

private:
    std::filesystem::path directory_ = {};
};
