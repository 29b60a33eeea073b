#pragma once
/// The provider's side: a directory through which letters go. The part to replace by a provider of your own.
///
///     out/NAME          a letter of ours; the provider takes it away, and takes a name once
///     answers/NAME      what became of it: "taken", "later", or "never CODE TEXT"
///     in/ID.ATTEMPT     a letter for us; it stays until the host has it: that is our acknowledgment
///
/// A letter is lines "name: value" (to, or from; key; file), an empty line, the text. Who writes a file does so under
/// a name with a leading dot, and renames it. The provider makes the directory out; without it, it is down.

#include <channel/values.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct Letter {
    std::filesystem::path path = {};
    std::string id = {};  // of the letter; its file's name says also which attempt this is
    std::string contact = {}, key = {}, text = {};
    std::filesystem::path file = {};  // beside the letter; empty: none
    channel::Time written = {};       // the provider's time, not ours
};

struct Answer {
    enum class Kind { taken, later, never };
    Kind kind = Kind::later;
    std::string code = {}, text = {};
};

class Letters {
public:
    explicit Letters(std::filesystem::path directory) : directory_(std::move(directory)) {}

    [[nodiscard]] std::filesystem::path in() const { return directory_ / "in"; }
    [[nodiscard]] std::filesystem::path answers() const { return directory_ / "answers"; }
    [[nodiscard]] bool reachable() const;

    /// Throws std::runtime_error if the provider is down.
    void put(std::string_view client_id, const std::string& contact, const std::string& text) const;
    /// What the provider says of that letter, once.
    [[nodiscard]] std::optional<Answer> answer(std::string_view client_id) const;

    /// The letters for us, oldest name first.
    [[nodiscard]] std::vector<std::filesystem::path> waiting() const;
    /// Throws std::runtime_error if it is no letter.
    [[nodiscard]] static Letter read(const std::filesystem::path& path);
    static void acknowledge(const Letter& letter);
    /// What is no letter, or is not for us, is out of the way, and kept for a person to see.
    static void set_aside(const std::filesystem::path& path);

private:
    std::filesystem::path directory_;
};
