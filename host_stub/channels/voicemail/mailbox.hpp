/// One mailbox on disk.
///
///     in/+4930123456_2026-05-04.wav   a recording: the caller's number, _, anything; .txt beside it: its transcript,
///                                     there before the .wav appears
///     fetched/                        recordings that the host has
///     out/0f3a....wav | .txt          what we have deposited for a caller
///     out/index.jsonl                 {"id", "contact", "file"}, a line each: the deposits, in order
///     heard/0f3a....wav               moved here by who plays it: the caller has heard it
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voicemail {

struct Recording {
    std::string name;    // "+4930123456_2026-05-04.wav": the item's id with the mailbox
    std::string caller;  // "+4930123456"
    std::string transcript;
    std::filesystem::path file;
};

struct Deposit {
    std::string id, contact, file;  // file: its name in out/ or heard/
};

/// Blocks on the disk, briefly. Throws std::filesystem::filesystem_error, channel::Error (unavailable).
class Mailbox {
public:
    explicit Mailbox(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void prepare() const;
    /// What has been recorded and not fetched, oldest first, of those whose names are wanted. Files without a
    /// caller's number are left alone.
    [[nodiscard]] std::vector<Recording> recordings(const std::function<bool(const std::string& name)>& wanted
    ) const;
    /// The host has it: out of the way.
    void mark_fetched(const std::string& name) const;

    [[nodiscard]] std::size_t deposits_waiting() const;
    [[nodiscard]] std::vector<Deposit> deposits() const;
    /// Puts a text or a file there, durably, once per id: a second time finds it and changes nothing.
    [[nodiscard]] Deposit deposit(
        const std::string& id,
        const std::string& contact,
        const std::string& text,
        const std::filesystem::path& file
    ) const;
    [[nodiscard]] bool heard(const std::string& file) const;

    [[nodiscard]] std::filesystem::path in() const { return folder_ / "in"; }
    [[nodiscard]] std::filesystem::path heard_folder() const { return folder_ / "heard"; }

private:
    [[nodiscard]] std::filesystem::path out() const { return folder_ / "out"; }
    [[nodiscard]] std::filesystem::path fetched() const { return folder_ / "fetched"; }
    [[nodiscard]] std::optional<Deposit> find(const std::string& id) const;

    std::filesystem::path folder_;
};

}  // namespace voicemail
