/// The customers whose contacts live the histories: one policy each.
#pragma once

#include <array>
#include <string>

namespace simulation {

/// What is asked of a customer's conversations, as his file has it (policy 9), and what follows from it.
///
/// policy     lines of his file, below `policy:`
/// prompts    whether the texts of R3 to R5 are switched on
/// share      employee_messages (B1)
/// queue_max  queue.max_messages (Q1)
/// merge      queue.merge (Q4)
/// resend     resend_uncertain (A7)
struct Customer {
    std::string name, app_id, policy;
    bool prompts = true;
    int share = 3;
    int queue_max = 10;
    bool merge = false;
    bool resend = false;

    /// Slots that only the prompt uses (B3, B4).
    [[nodiscard]] int kept() const { return prompts ? 1 : 0; }
};

[[nodiscard]] const std::array<Customer, 3>& customers();

/// The customer's file; each automatic text to the contact is its key in brackets.
[[nodiscard]] std::string file_of(const Customer& customer, const std::string& api);

inline constexpr auto app_secret = "0123456789abcdef0123456789abcdef";
inline constexpr auto callback_token = "simulation";
inline constexpr auto encoding_aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";  // 43 characters

}  // namespace simulation
