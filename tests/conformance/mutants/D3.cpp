// Marks a message only after the provider has it: what a crash finds unmarked goes out a second time, as another.
#include "files.hpp"
#include "mutant.hpp"

#include <set>

class MarksTooLate : public Mutant {
    channel_status configure(const channel_settings* settings, channel_op op, channel_error* error) override
    {
        marks_ = std::filesystem::path(text(settings->base_dir)) / "marks";
        return Mutant::configure(settings, op, error);
    }
    channel_status start(channel_op op, channel_error* error) override
    {
        if (marks_.empty())
            return Mutant::start(op, error);
        std::filesystem::create_directories(marks_);
        for (const auto& file : files_of(marks_))
            found_.push_back(read_file(file, 1000));
        const auto status = Mutant::start(op, error);
        later([this] { send_again(); });
        return status;
    }
    channel_status send(const channel_message* message, channel_error* error) override
    {
        const auto status = Mutant::send(message, error);
        if (status == CHANNEL_OK && seen_.insert(text(message->client_id)).second)
            mark(
                text(message->client_id),
                text(message->account),
                text(message->contact),
                text(message->content->text)
            );
        return status;
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        const auto id = text(report->client_id);
        if (report->state >= CHANNEL_SENT)
            std::filesystem::remove(marks_ / file_name(id));
        if (id.starts_with("again-"))
            return swallow(token);
        return Mutant::report(report, token, error);
    }

private:
    void mark(
        const std::string& id,
        const std::string& account,
        const std::string& contact,
        const std::string& words
    ) const
    {
        try {
            write_durably(marks_ / file_name(id), id + '\n' + account + '\n' + contact + '\n' + words);
        } catch (const std::exception&) {
            // No room: not marked.
        }
    }
    void send_again()
    {
        for (const auto& mark : std::exchange(found_, {})) {
            const auto one = mark.find('\n'), two = mark.find('\n', one + 1),
                       three = mark.find('\n', two + 1);
            const auto id = "again-" + mark.substr(0, one), account = mark.substr(one + 1, two - one - 1);
            const auto contact = mark.substr(two + 1, three - two - 1), words = mark.substr(three + 1);
            channel_content content{
                sizeof(channel_content), 0, channel::str("text"), channel::str(words), {}, {}, {}, 0, {}};
            const channel_message message{
                sizeof(channel_message),
                0,
                channel::str(id),
                channel::str(account),
                channel::str(contact),
                {},
                &content};
            channel_error error{};
            ops().send(self(), &message, &error);
        }
    }

    std::filesystem::path marks_;
    std::vector<std::string> found_;
    std::set<std::string> seen_;
};

MUTANT(MarksTooLate)
