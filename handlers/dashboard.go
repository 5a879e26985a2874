package handlers

func (s *Server) dashboardRoutes() []route { return nil }
