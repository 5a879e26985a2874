package handlers

func (s *Server) citizenRoutes() []route { return nil }
